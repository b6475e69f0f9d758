#include "engine/tunnel.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include "rtms.h"

namespace rtms {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::beast::error_code;

/// The most that a proxy's answer may take.
constexpr std::size_t maximalAnswer = 16'384;

http::request<http::empty_body> requestFor(const Proxy &proxy, const std::string &server) {
    constexpr unsigned version = 11; // HTTP/1.1
    http::request<http::empty_body> request(http::verb::connect, server, version);
    request.set(http::field::host, server);
    if (!proxy.authorization.empty()) {
        request.set(http::field::proxy_authorization, proxy.authorization);
    }
    return request;
}

Ending failure(const Proxy &proxy, const std::string &server, unsigned status, const std::string &why) {
    return {RTMS_E_PROXY, static_cast<std::int32_t>(status),
            "proxy " + proxy.authority() + " opened no tunnel to " + server + ": " + why};
}

/// Standard words, not the proxy's own.
std::string wordsFor(unsigned status) {
    const auto words = http::obsolete_reason(http::int_to_status(status));
    return "HTTP status " + std::to_string(status) + " " + std::string(words);
}

} // namespace

asio::awaitable<std::optional<Ending>> openTunnel(tcp::socket &socket, const Proxy &proxy, const std::string &server) {
    error_code error;
    const auto request = requestFor(proxy, server);
    co_await http::async_write(socket, request, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        co_return failure(proxy, server, 0, error.message());
    }
    boost::beast::flat_buffer buffer(maximalAnswer);
    http::response_parser<http::empty_body> parser;
    parser.header_limit(maximalAnswer);
    parser.skip(true); // what an answer to CONNECT says about a body means nothing
    co_await http::async_read_header(socket, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        co_return failure(proxy, server, 0, error.message());
    }
    const unsigned status = parser.get().result_int();
    if (http::to_status_class(status) != http::status_class::successful) {
        co_return failure(proxy, server, status, wordsFor(status));
    }
    if (buffer.size() != 0) { // servers wait for the client's first word: these bytes are the proxy's
        co_return failure(proxy, server, status, "it sent more than its answer");
    }
    co_return std::nullopt;
}

} // namespace rtms
