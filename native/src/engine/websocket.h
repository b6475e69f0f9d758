#ifndef RTMS_ENGINE_WEBSOCKET_H
#define RTMS_ENGINE_WEBSOCKET_H

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include "engine/channel.h"
#include "engine/frame_reader.h"
#include "engine/frame_writer.h"
#include "engine/read_buffer.h"
#include "engine/readiness.h"
#include "engine/spare_buffers.h"
#include "engine/tls.h"
#include "engine/url.h"

namespace rtms {

/// What the WebSockets of a loop share.
struct LoopResources {
    explicit LoopResources(boost::asio::io_context &context) : readiness(std::make_shared<Readiness>(context)) {}

    const std::shared_ptr<Readiness> readiness;
    ReadBuffer reading;
    SpareBuffers spares;
    MaskingKeys keys;
};

/// A client's WebSocket, over TCP or over TLS: the transport below Connection. Errors are returned, not thrown; shut()
/// ends whatever waits.
///
/// Once socket() is connected it is adopted. Reading is next() until it gives nothing; then ready(), and fill(), unless
/// error() says that there is no more. Pings and a close frame are answered meanwhile.
///
/// Threads: the loop's.
class WebSocket final : public std::enable_shared_from_this<WebSocket>,
                        private ReadBuffer::Tenant,
                        private Readiness::Listener {
  public:
    using Error = boost::system::error_code;

    /// onClosing is called when the peer's close frame has come; error() is set when ours has been sent.
    WebSocket(boost::asio::io_context &context, Url url, TlsClient tls, std::size_t maxMessageBytes,
              std::shared_ptr<LoopResources> resources, std::function<void()> onClosing);
    ~WebSocket();
    WebSocket(const WebSocket &) = delete;
    WebSocket &operator=(const WebSocket &) = delete;

    /// To be connected; empty once it was adopted.
    boost::asio::ip::tcp::socket &socket() { return socket_; }
    /// Goes on with the socket, which is connected. Before all of the following.
    Error adopt();
    /// Closes the socket.
    void shut();

    /// The TLS handshake; nothing over plain TCP.
    boost::asio::awaitable<Error> secure();
    /// Why the peer's certificate was not accepted; empty where that was not the reason.
    std::string certificateComplaint() const { return channel_->certificateComplaint(); }
    /// The WebSocket upgrade. httpStatus: what the server answered, 0 where it did not.
    boost::asio::awaitable<Error> upgrade(unsigned &httpStatus);

    /// One whole message of what has been read, text or binary. Until the next call, and until the caller waits for
    /// anything; MessageParser::padding bytes behind it can be read.
    std::optional<std::string_view> next();
    /// Until fill() may have something to read.
    boost::asio::awaitable<void> ready();
    /// Reads what has come, as much as a buffer takes.
    void fill();
    /// Why no message will come any more.
    const Error &error() const { return error_; }
    /// Whether bytes have come that were not handled yet.
    bool hasUnread() const;

    /// Queues a text message; it is sent with all others of this turn, or when the peer takes it.
    void write(std::string_view text);
    /// Messages that the system has not taken yet.
    std::size_t unsent() const { return ends_.size(); }
    /// Sends what goes without waiting.
    void flush();
    /// Sends a close frame, and nothing after it. Messages can be read until the peer's.
    void sayGoodbye();

    /// The code in the peer's close frame; 0 where there was none.
    std::uint16_t closeCode() const { return reader_.closeCode(); }

  private:
    struct Waiter;
    template <class Handler> struct WaiterWith;

    void keepRest() override;
    void dropRest();
    void onReady(Readiness::News news) override;
    void onAbandoned() override;
    boost::asio::awaitable<void> waitFor(Channel::Want want);
    void close(std::uint16_t code);
    void peerClosed();
    void finishClosing();
    void sent(std::size_t bytes);
    void flushSoon();
    void flushWhenPossible(Channel::Want want);

    boost::asio::io_context &context_;
    const Url url_;
    const TlsClient tls_;
    const std::shared_ptr<LoopResources> resources_;
    const std::function<void()> onClosing_;
    boost::asio::ip::tcp::socket socket_;
    int descriptor_ = -1;            // the same, once it was adopted
    std::uint64_t registration_ = 0; // at the loop's Readiness
    std::unique_ptr<Channel> channel_;
    FrameReader reader_;

    std::string_view unread_; // in the loop's buffer, or in rest_
    std::string rest_;        // of what the buffer held when another connection asked for it
    Channel::Want want_ = Channel::Want::read;
    bool isClosing_ = false; // the peer's close frame has come
    Error error_;
    bool isReadable_ = false;         // there may be something to read
    bool hasEnded_ = false;           // the peer has sent its last
    std::unique_ptr<Waiter> waiters_; // those in waitFor(): who reads, and who says goodbye

    std::string outgoing_;            // frames
    std::uint64_t sent_ = 0;          // bytes before them
    std::deque<std::uint64_t> ends_;  // of the messages among them, in bytes from the first
    std::optional<std::string> pong_; // due, where earlier frames have not been sent
    bool saidGoodbye_ = false;
    bool isFlushPosted_ = false;
    bool awaitsRoom_ = false;
};

} // namespace rtms

#endif
