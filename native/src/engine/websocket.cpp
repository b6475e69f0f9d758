#include "engine/websocket.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace rtms {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace ssl = boost::asio::ssl;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;

/// What a ping says that is meant as a goodbye: the payload of a close frame, code 1000 and words.
constexpr beast::string_view goodbye{"\x03\xE8the client leaves, and reads what is on its way"};

/// Writes a close frame where a ping with the payload `goodbye` is to be written, and nothing after it. Beast sends a
/// close frame only where it may discard all messages until the peer's, but a ping at any time between others; and the
/// two differ in the opcode alone (RFC 6455 section 5.2).
template <class Next> class Goodbye : public Next {
  public:
    using Next::Next;

    template <class Buffers, class Handler> void async_write_some(const Buffers &buffers, Handler &&handler) {
        if (said_) {
            asio::post(this->get_executor(),
                       beast::bind_front_handler(std::forward<Handler>(handler), beast::error_code(),
                                                 asio::buffer_size(buffers)));
        } else if (asio::buffer_size(buffers) == frame_.size() && isGoodbye(buffers)) {
            said_ = true;
            frame_[0] = closeOpcode;
            asio::async_write(static_cast<Next &>(*this), asio::buffer(frame_), std::forward<Handler>(handler));
        } else {
            Next::async_write_some(buffers, std::forward<Handler>(handler));
        }
    }

  private:
    static constexpr std::uint8_t pingOpcode = 0x89;
    static constexpr std::uint8_t closeOpcode = 0x88;
    static constexpr std::size_t keyAt = 2;
    static constexpr std::size_t payloadAt = 6;

    template <class Buffers> bool isGoodbye(const Buffers &buffers) {
        asio::buffer_copy(asio::buffer(frame_), buffers);
        if (frame_[0] != pingOpcode) {
            return false;
        }
        for (std::size_t i = 0; i < goodbye.size(); ++i) {
            const std::uint8_t masked = frame_[payloadAt + i];
            if ((masked ^ frame_[keyAt + i % 4]) != static_cast<std::uint8_t>(goodbye[i])) {
                return false;
            }
        }
        return true;
    }

    std::array<std::uint8_t, payloadAt + goodbye.size()> frame_{};
    bool said_ = false;
};

/// The two transports below a WebSocket. Their own teardown, see below, is another reason why they are types of their
/// own.
class TcpStream : public Goodbye<tcp::socket> {
  public:
    using Goodbye::Goodbye;
};

class TlsStream : public Goodbye<ssl::stream<tcp::socket>> {
  public:
    using Goodbye::Goodbye;
};

/// Beast calls this when a WebSocket has been closed or has failed. Its own version waits until the peer closes the
/// socket too, and forgets why the WebSocket failed if that ends in an error. Ours waits for nobody.
template <class Transport, class Handler> void closeAtOnce(Transport &transport, Handler &&handler) {
    beast::error_code ignored;
    beast::get_lowest_layer(transport).close(ignored);
    asio::post(transport.get_executor(),
               beast::bind_front_handler(std::forward<Handler>(handler), beast::error_code()));
}

template <class Handler> void async_teardown(beast::role_type, TcpStream &transport, Handler &&handler) {
    closeAtOnce(transport, std::forward<Handler>(handler));
}

template <class Handler> void async_teardown(beast::role_type, TlsStream &transport, Handler &&handler) {
    closeAtOnce(transport, std::forward<Handler>(handler));
}

/// All that is the same over TCP and over TLS. Transport: the layer below the WebSocket.
template <class Transport> class BeastWebSocket : public WebSocket {
  public:
    template <class... Arguments>
    BeastWebSocket(const Url &url, std::size_t maxMessageBytes, std::function<void()> onClosing,
                   Arguments &&...arguments)
        : url_(url), stream_(std::forward<Arguments>(arguments)...) {
        stream_.read_message_max(maxMessageBytes);
        stream_.text(true);
        stream_.control_callback([onClosing = std::move(onClosing)](websocket::frame_type kind, beast::string_view) {
            if (kind == websocket::frame_type::close) {
                onClosing();
            }
        });
    }

    tcp::socket &socket() override { return beast::get_lowest_layer(stream_); }

    asio::awaitable<Error> secure() override { co_return Error(); }

    std::string certificateComplaint() const override { return {}; }

    asio::awaitable<Error> upgrade(unsigned &httpStatus) override {
        Error error;
        websocket::response_type response;
        response.result(0U);
        co_await stream_.async_handshake(response, url_.authority(), url_.target,
                                         asio::redirect_error(asio::use_awaitable, error));
        httpStatus = response.result_int();
        co_return error;
    }

    asio::awaitable<Error> read(beast::flat_buffer &buffer) override {
        Error error;
        co_await stream_.async_read(
            buffer, asio::bind_cancellation_slot(reading_.slot(), asio::redirect_error(asio::use_awaitable, error)));
        co_return error;
    }

    void write(const std::string &text, std::function<void(Error)> done) override {
        stream_.async_write(
            asio::buffer(text),
            asio::bind_cancellation_slot(writing_.slot(),
                                         [done = std::move(done)](const Error &error, std::size_t) { done(error); }));
    }

    void close(std::function<void()> done) override {
        stream_.async_close(
            websocket::close_code::normal,
            asio::bind_cancellation_slot(closing_.slot(), [done = std::move(done)](const Error &) { done(); }));
    }

    void sayGoodbye() override {
        stream_.async_ping(websocket::ping_data(goodbye),
                           asio::bind_cancellation_slot(closing_.slot(), [](const Error &) {}));
    }

    void abandon() override {
        for (asio::cancellation_signal *signal : {&reading_, &writing_, &closing_}) {
            signal->emit(asio::cancellation_type::terminal);
        }
    }

    std::uint16_t closeCode() const override { return stream_.reason().code; }

  protected:
    const Url url_;
    asio::cancellation_signal reading_;
    asio::cancellation_signal writing_;
    asio::cancellation_signal closing_;
    websocket::stream<Transport, false> stream_; // false: without permessage-deflate
};

using PlainWebSocket = BeastWebSocket<TcpStream>;

class TlsWebSocket : public BeastWebSocket<TlsStream> {
  public:
    TlsWebSocket(asio::io_context &context, const Url &url, TlsClient tls, std::size_t maxMessageBytes,
                 std::function<void()> onClosing)
        : BeastWebSocket(url, maxMessageBytes, std::move(onClosing), context, *tls.context), tls_(std::move(tls)) {
        Error notAnAddress;
        asio::ip::make_address(url_.host, notAnAddress);
        if (notAnAddress) { // server name indication is for names only
            SSL_set_tlsext_host_name(layer().native_handle(), url_.host.c_str());
        }
        layer().set_verify_mode(tls_.verify ? ssl::verify_peer : ssl::verify_none);
        if (tls_.verify) {
            layer().set_verify_callback(ssl::host_name_verification(url_.host));
        }
    }

    asio::awaitable<Error> secure() override {
        Error error;
        co_await layer().async_handshake(ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
        co_return error;
    }

    std::string certificateComplaint() const override {
        auto *handle = const_cast<TlsStream &>(stream_.next_layer()).native_handle();
        const long result = tls_.verify ? SSL_get_verify_result(handle) : X509_V_OK;
        return result == X509_V_OK ? std::string() : X509_verify_cert_error_string(result);
    }

  private:
    TlsStream &layer() { return stream_.next_layer(); }

    TlsClient tls_; // its context outlives the stream's use of it
};

} // namespace

std::unique_ptr<WebSocket> createWebSocket(asio::io_context &context, const Url &url, TlsClient tls,
                                           std::size_t maxMessageBytes, std::function<void()> onClosing) {
    if (url.tls) {
        return std::make_unique<TlsWebSocket>(context, url, std::move(tls), maxMessageBytes, std::move(onClosing));
    }
    return std::make_unique<PlainWebSocket>(url, maxMessageBytes, std::move(onClosing), context);
}

} // namespace rtms
