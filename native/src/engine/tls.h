#ifndef RTMS_ENGINE_TLS_H
#define RTMS_ENGINE_TLS_H

#include <memory>
#include <mutex>
#include <string>

#include <boost/asio/ssl/context.hpp>

namespace rtms {

/// What a TLS connection needs: the authorities it trusts, TLS 1.2 or newer, and whether the peer is checked. Several
/// loops may share one.
struct TlsClient {
    TlsClient(const std::string &caFile, bool verifyPeer);

    boost::asio::ssl::context context{boost::asio::ssl::context::tls_client};
    bool verify;
};

/// The TlsClient of streams that join from now on.
///
/// Threads: any.
class TlsSettings {
  public:
    /// RTMS_E_INVALID_ARGUMENT where the file holds no certificate in PEM; then nothing changes. caFile "": the
    /// system's.
    std::int32_t set(const std::string &caFile, bool verify);

    std::shared_ptr<TlsClient> client();

  private:
    std::mutex mutex_;
    std::shared_ptr<TlsClient> client_;
};

} // namespace rtms

#endif
