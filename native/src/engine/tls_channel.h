#ifndef RTMS_ENGINE_TLS_CHANNEL_H
#define RTMS_ENGINE_TLS_CHANNEL_H

#include <memory>
#include <string>

#include <openssl/ssl.h>

#include "engine/channel.h"
#include "engine/tls.h"

namespace rtms {

/// Over TLS, as a client. While nothing is on its way it holds none of OpenSSL's buffers.
class TlsChannel : public Channel {
  public:
    /// host: a name, which the server is told and its certificate is checked against, or an address. Throws
    /// std::bad_alloc.
    TlsChannel(int descriptor, TlsClient client, const std::string &host);
    TlsChannel(const TlsChannel &) = delete;
    TlsChannel &operator=(const TlsChannel &) = delete;

    Result handshake() override;
    Result read(char *target, std::size_t size) override;
    Result write(const char *bytes, std::size_t size) override;
    std::string certificateComplaint() const override;

  private:
    /// How the transport below OpenSSL has ended.
    struct Transport {
        int descriptor;
        bool ended = false;
        int error = 0;
    };

    static BIO_METHOD *bioMethod();
    static int readBelow(BIO *bio, char *target, int size);
    static int writeBelow(BIO *bio, const char *bytes, int size);
    static long controlBelow(BIO *bio, int command, long number, void *place);
    void verifyHost(const std::string &host, bool isAddress);
    Result call(int (*function)(SSL *, void *, int), void *bytes, std::size_t size);

    const TlsClient client_; // its context outlives the connection's use of it
    Transport transport_;
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
    boost::system::error_code failure_; // of reading, or before the handshake: OpenSSL must not be called again
};

} // namespace rtms

#endif
