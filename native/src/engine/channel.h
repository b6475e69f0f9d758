#ifndef RTMS_ENGINE_CHANNEL_H
#define RTMS_ENGINE_CHANNEL_H

#include <cstddef>
#include <string>

#include <boost/system/error_code.hpp>

namespace rtms {

/// Moves bytes over a socket, with or without TLS, as far as that goes without waiting. No call raises a signal.
///
/// Threads: the loop's.
class Channel {
  public:
    /// What a call that has not gone all the way waits for; nothing: it can be repeated at once.
    enum class Want { nothing, read, write };

    struct Result {
        std::size_t bytes = 0;
        Want want = Want::nothing;
        boost::system::error_code error;
    };

    virtual ~Channel() = default;

    /// Repeat it until it wants nothing.
    virtual Result handshake() = 0;
    /// At most so many bytes, and as many as are there. The peer's end is asio::error::eof.
    virtual Result read(char *target, std::size_t size) = 0;
    /// What was not written must be given again, and may then be more.
    virtual Result write(const char *bytes, std::size_t size) = 0;

    /// Why the peer's certificate was not accepted; empty where that was not the reason.
    virtual std::string certificateComplaint() const { return {}; }
};

/// Over plain TCP.
class TcpChannel : public Channel {
  public:
    explicit TcpChannel(int descriptor) : descriptor_(descriptor) {}

    Result handshake() override { return {}; }
    Result read(char *target, std::size_t size) override;
    Result write(const char *bytes, std::size_t size) override;

  private:
    int descriptor_;
};

} // namespace rtms

#endif
