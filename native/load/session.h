#ifndef RTMS_LOAD_SESSION_H
#define RTMS_LOAD_SESSION_H

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

namespace rtms::load {

/// A WebSocket that the service has opened: signaling or media.
///
/// Threads: the gateway's.
class Session : public std::enable_shared_from_this<Session> {
  public:
    using Handler = std::function<void(Session &, std::string_view)>;

    virtual ~Session() = default;

    /// Accepts the upgrade and hands over each message until the connection ends. Never throws.
    virtual boost::asio::awaitable<void> run(Handler handler) = 0;

    /// Writes a frame, at once where none is being written.
    void send(std::string_view frame);
    /// Writes this again and again, until another call without anything; onWritten after each time.
    void flood(std::string block, std::function<void()> onWritten);
    /// Bytes that wait to be written.
    std::size_t backlog() const { return pending_.size() + writing_.size(); }
    bool isOpen() const { return open_; }

    const std::string &target() const { return target_; }

    /// Of a media connection: media_type; 0 of signaling.
    std::int64_t mediaType = 0;
    std::string stream;
    bool ready = false;

  protected:
    /// Writes all of writing_, then calls written().
    virtual void write() = 0;
    void written(bool failed);

    std::string target_;
    std::string writing_;
    bool open_ = true;

  private:
    void flush();

    std::string pending_;
    std::string flood_; // empty while it is being written
    bool busy_ = false;
    std::function<void()> onWritten_;
};

/// With a context it speaks TLS.
std::shared_ptr<Session> createSession(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context *tls);

} // namespace rtms::load

#endif
