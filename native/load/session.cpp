#include "session.h"

#include <exception>
#include <utility>

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace rtms::load {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::use_awaitable;
using asio::ip::tcp;

template <class Transport> class SessionOver : public Session {
  public:
    template <class... Arguments>
    explicit SessionOver(Arguments &&...arguments) : stream_(std::forward<Arguments>(arguments)...) {}

    asio::awaitable<void> run(Handler handler) override {
        const auto self = shared_from_this();
        try {
            beast::get_lowest_layer(stream_).set_option(tcp::no_delay(true));
            if constexpr (!std::is_same_v<Transport, tcp::socket>) {
                co_await stream_.next_layer().async_handshake(asio::ssl::stream_base::server, use_awaitable);
            }
            beast::flat_buffer buffer;
            beast::http::request<beast::http::string_body> request;
            co_await beast::http::async_read(stream_.next_layer(), buffer, request, use_awaitable);
            target_ = std::string(request.target());
            co_await stream_.async_accept(request, use_awaitable);
            for (;;) {
                buffer.clear();
                co_await stream_.async_read(buffer, use_awaitable);
                handler(*this, {static_cast<const char *>(buffer.data().data()), buffer.size()});
            }
        } catch (const std::exception &) { // the service has left
        }
        open_ = false;
    }

  protected:
    void write() override {
        asio::async_write(stream_.next_layer(), asio::buffer(writing_),
                          [self = shared_from_this(), this](const boost::system::error_code &error, std::size_t) {
                              written(static_cast<bool>(error));
                          });
    }

  private:
    beast::websocket::stream<Transport, false> stream_; // false: without permessage-deflate
};

} // namespace

void Session::send(std::string_view frame) {
    pending_ += frame;
    flush();
}

void Session::flood(std::string block, std::function<void()> onWritten) {
    flood_ = std::move(block);
    onWritten_ = std::move(onWritten);
    flush();
}

void Session::flush() {
    if (busy_ || !open_) {
        return;
    }
    if (!pending_.empty()) {
        writing_.swap(pending_);
        pending_.clear();
    } else if (!flood_.empty()) {
        writing_.swap(flood_);
    } else {
        return;
    }
    busy_ = true;
    write();
}

void Session::written(bool failed) {
    if (failed) {
        open_ = false;
        return;
    }
    busy_ = false;
    if (onWritten_ && flood_.empty()) { // that was the block
        onWritten_();
        flood_.swap(writing_);
    }
    writing_.clear();
    flush();
}

std::shared_ptr<Session> createSession(tcp::socket socket, asio::ssl::context *tls) {
    if (tls != nullptr) {
        return std::make_shared<SessionOver<asio::ssl::stream<tcp::socket>>>(std::move(socket), *tls);
    }
    return std::make_shared<SessionOver<tcp::socket>>(std::move(socket));
}

} // namespace rtms::load
