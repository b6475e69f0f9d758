#ifndef RTMS_ENGINE_TLS_H
#define RTMS_ENGINE_TLS_H

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <boost/asio/ssl/context.hpp>
#include <sys/stat.h>

namespace rtms {

/// How a TLS connection checks its peer.
struct TlsClient {
    std::shared_ptr<boost::asio::ssl::context> context; // the authorities that are trusted; TLS 1.2 or newer
    bool verify = true;                                 // false: nothing is checked
};

/// The contexts of TLS clients, one for each CA file, because reading authorities takes up to tens of milliseconds. A
/// file that has changed is read again.
///
/// Threads: any.
class TlsContexts {
  public:
    /// Those that all loops share.
    static TlsContexts &shared();

    /// caFile "": the system's authorities. Throws boost::system::system_error where the file cannot be read as PEM.
    std::shared_ptr<boost::asio::ssl::context> find(const std::string &caFile);

  private:
    struct Stamp {
        dev_t device = 0;
        ino_t inode = 0;
        off_t size = 0;
        time_t seconds = 0;
        long nanoseconds = 0;

        bool operator==(const Stamp &) const = default;
    };

    struct Entry {
        Stamp stamp;
        std::shared_ptr<boost::asio::ssl::context> context;
    };

    static Stamp stampOf(const std::string &file);

    std::mutex mutex_;
    std::map<std::string, Entry> entries_;
};

/// A loop's way of checking, for streams that join from now on.
///
/// Threads: any.
class TlsSettings {
  public:
    /// RTMS_E_INVALID_ARGUMENT where the file holds no certificate in PEM; then nothing changes. caFile "": the
    /// system's.
    std::int32_t set(const std::string &caFile, bool verify);

    /// For a stream with these settings of its own: caFile "" and no verify are the loop's. Throws an Ending where the
    /// file cannot be read any more.
    TlsClient client(const std::string &caFile, std::optional<bool> verify);

  private:
    std::mutex mutex_;
    TlsClient client_; // without a context: the system's
};

} // namespace rtms

#endif
