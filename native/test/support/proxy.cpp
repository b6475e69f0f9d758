#include "support/proxy.h"

#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <poll.h>

namespace rtms::test {

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

/// What has come at one end goes to the other. False where that end is gone.
bool carry(tcp::socket &from, tcp::socket &to) {
    std::array<char, 65'536> bytes{};
    boost::system::error_code error;
    const std::size_t size = from.read_some(asio::buffer(bytes), error);
    if (!error) {
        asio::write(to, asio::buffer(bytes, size), error);
    }
    return !error;
}

} // namespace

std::string readConnect(Gateway &proxy, tcp::socket &client) {
    boost::beast::flat_buffer buffer;
    http::request<http::empty_body> request;
    http::read(client, buffer, request);
    std::string line = std::string(request.method_string()) + " " + std::string(request.target());
    proxy.note(line);
    if (request.count(http::field::proxy_authorization) != 0) {
        proxy.note("authorization " + std::string(request[http::field::proxy_authorization]));
    }
    return line;
}

void tunnel(tcp::socket &client, const Gateway &server) {
    tcp::socket other(client.get_executor());
    other.connect({asio::ip::address_v4::loopback(), server.port()});
    asio::write(client, asio::buffer(std::string("HTTP/1.1 200 Connection established\r\n\r\n")));
    std::array<pollfd, 2> ends{pollfd{client.native_handle(), POLLIN, 0}, pollfd{other.native_handle(), POLLIN, 0}};
    bool alive = true;
    while (alive && ::poll(ends.data(), ends.size(), -1) > 0) {
        alive = (ends[0].revents == 0 || carry(client, other)) && (ends[1].revents == 0 || carry(other, client));
    }
}

Gateway::AcceptScript proxyTo(const Gateway &server) {
    return [&server](Gateway &proxy, tcp::socket &client) {
        readConnect(proxy, client);
        tunnel(client, server);
    };
}

Gateway::AcceptScript proxyThatAnswers(const std::string &bytes) {
    return [bytes](Gateway &proxy, tcp::socket &client) {
        readConnect(proxy, client);
        asio::write(client, asio::buffer(bytes));
        proxy.awaitSignal("never");
    };
}

std::string proxyUrl(const Gateway &proxy, const std::string &credentials) {
    return "http://" + credentials + "127.0.0.1:" + std::to_string(proxy.port());
}

} // namespace rtms::test
