#ifndef RTMS_ENGINE_WEBSOCKET_H
#define RTMS_ENGINE_WEBSOCKET_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "engine/tls.h"
#include "engine/url.h"

namespace rtms {

/// A client's WebSocket, over TCP or over TLS: the transport below Connection. Errors are returned, not thrown. Abort
/// an operation by closing socket(); reading, writing and closing may need abandon() besides.
///
/// Threads: the loop's. At most one read and one write at a time.
class WebSocket {
  public:
    using Error = boost::beast::error_code;

    virtual ~WebSocket() = default;

    virtual boost::asio::ip::tcp::socket &socket() = 0;

    /// The TLS handshake; nothing over plain TCP.
    virtual boost::asio::awaitable<Error> secure() = 0;
    /// Why the peer's certificate was not accepted; empty where that was not the reason.
    virtual std::string certificateComplaint() const = 0;
    /// The WebSocket upgrade. httpStatus: what the server answered, 0 where it did not.
    virtual boost::asio::awaitable<Error> upgrade(unsigned &httpStatus) = 0;

    /// One whole message, text or binary, appended to the buffer. Pings are answered meanwhile.
    virtual boost::asio::awaitable<Error> read(boost::beast::flat_buffer &buffer) = 0;
    /// One text message. It must live until `done` is called.
    virtual void write(const std::string &text, std::function<void(Error)> done) = 0;

    /// The closing handshake; it discards messages that come, and may wait for the peer for ever.
    virtual void close(std::function<void()> done) = 0;
    /// The first half of it: sends a close frame. Messages can be read until the peer's. Nothing may be written any
    /// more.
    virtual void sayGoodbye() = 0;
    /// After socket() was closed: ends operations that wait for each other rather than for the socket, as Beast's read
    /// and close do for ever where the peer breaks the protocol while our close frame is on its way. What waits for
    /// them goes on in here.
    virtual void abandon() = 0;
    /// The code in the peer's close frame; 0 where there was none.
    virtual std::uint16_t closeCode() const = 0;
};

/// onClosing is called when the peer's close frame has come; reading ends when ours has been sent.
std::unique_ptr<WebSocket> createWebSocket(boost::asio::io_context &context, const Url &url, TlsClient tls,
                                           std::size_t maxMessageBytes, std::function<void()> onClosing);

} // namespace rtms

#endif
