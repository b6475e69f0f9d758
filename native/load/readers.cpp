#include "readers.h"

#include <chrono>
#include <exception>
#include <iostream>
#include <sstream>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <unistd.h>

#include "loop/record.h"

namespace rtms::load {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::use_awaitable;
using asio::ip::tcp;
using WebSocket = beast::websocket::stream<tcp::socket, false>; // false: without permessage-deflate

/// Handshakes at the same time: a server's backlog is not what is measured.
constexpr std::size_t mostConnecting = 64;
constexpr std::chrono::milliseconds connectPause{2};
constexpr std::size_t discardBytes = 1U << 20;

std::string_view viewOf(const beast::flat_buffer &buffer) {
    return {static_cast<const char *>(buffer.data().data()), buffer.size()};
}

std::int64_t numberAt(std::string_view text, std::size_t at) {
    std::int64_t value = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

asio::awaitable<void> open(WebSocket &socket, std::uint16_t port, const std::string &target) {
    co_await socket.next_layer().async_connect({asio::ip::address_v4::loopback(), port}, use_awaitable);
    socket.next_layer().set_option(tcp::no_delay(true));
    co_await socket.async_handshake("127.0.0.1:" + std::to_string(port), target, use_awaitable);
}

asio::awaitable<void> say(WebSocket &socket, std::string text) {
    co_await socket.async_write(asio::buffer(text), use_awaitable);
}

} // namespace

Readers::Readers() : input_(context_, ::dup(STDIN_FILENO)) {}

void Readers::run() {
    asio::co_spawn(context_, takeCommands(), asio::detached);
    context_.run();
}

asio::awaitable<void> Readers::takeCommands() {
    asio::streambuf buffer;
    boost::system::error_code ended;
    for (;;) {
        co_await asio::async_read_until(input_, buffer, '\n', asio::redirect_error(use_awaitable, ended));
        if (ended) {
            context_.stop();
            co_return;
        }
        std::string line;
        std::istream lines(&buffer);
        std::getline(lines, line);
        carryOut(line);
    }
}

void Readers::carryOut(const std::string &command) {
    std::istringstream words(command);
    std::string verb;
    std::string target;
    std::uint16_t port = 0;
    std::size_t count = 1;
    words >> verb >> port;
    if (verb == "report") {
        report();
        return;
    }
    if (verb == "read") {
        words >> target;
        if (!(words >> count)) {
            count = 1;
        }
        for (std::size_t index = 0; index < count; ++index) {
            asio::co_spawn(context_, connect(port, target), asio::detached);
        }
    } else if (verb == "discard") {
        asio::co_spawn(context_, discard(port, "meeting " + std::to_string(++meetings_)), asio::detached);
    }
    std::cout << "{}" << std::endl;
}

asio::awaitable<void> Readers::connect(std::uint16_t port, std::string target) {
    asio::steady_timer pause(context_);
    while (connecting_ >= mostConnecting) {
        pause.expires_after(connectPause);
        co_await pause.async_wait(use_awaitable);
    }
    ++connecting_;
    bool opened = false;
    try {
        WebSocket socket(context_);
        co_await open(socket, port, target);
        --connecting_;
        opened = true;
        ++open_;
        for (beast::flat_buffer buffer;; buffer.clear()) {
            co_await socket.async_read(buffer, use_awaitable);
            measure(viewOf(buffer));
        }
    } catch (const std::exception &) { // a reader less, which the report tells
    }
    ++failed_;
    --(opened ? open_ : connecting_);
}

void Readers::measure(std::string_view message) {
    constexpr std::string_view mark = "\"due ";
    const std::size_t at = message.find(mark);
    if (at == std::string_view::npos) {
        return;
    }
    constexpr std::size_t sentBehind = 25;
    const std::int64_t now = monotonicNanos();
    due_.add(now - numberAt(message, at + mark.size()));
    sent_.add(now - numberAt(message, at + mark.size() + sentBehind));
    ++messages_;
}

asio::awaitable<void> Readers::discard(std::uint16_t port, std::string meeting) {
    try {
        const std::string stream = "\"rtms_stream_id\":\"" + meeting + "\"}";
        beast::flat_buffer buffer;
        WebSocket signaling(context_);
        co_await open(signaling, port, "/signaling");
        co_await say(signaling, "{\"msg_type\":1," + stream);
        co_await signaling.async_read(buffer, use_awaitable);
        WebSocket media(context_);
        co_await open(media, port, "/media");
        co_await say(media, "{\"msg_type\":3,\"media_type\":1," + stream);
        co_await media.async_read(buffer, use_awaitable);
        co_await say(signaling, "{\"msg_type\":7," + stream);
        ++open_;
        for (std::vector<char> bytes(discardBytes);;) {
            co_await media.next_layer().async_read_some(asio::buffer(bytes), use_awaitable);
        }
    } catch (const std::exception &) { // as above
    }
    ++failed_;
}

void Readers::report() {
    std::cout << "{\"open\":" << open_ << ",\"failed\":" << failed_ << ",\"messages\":" << messages_
              << ",\"due\":" << due_.json() << ",\"sent\":" << sent_.json() << '}' << std::endl;
    messages_ = 0;
    due_ = Latencies();
    sent_ = Latencies();
}

} // namespace rtms::load
