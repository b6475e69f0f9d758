#include "support/peer.h"

#include <stdexcept>

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <boost/json/parse.hpp>

namespace rtms::test {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;

template <class Transport> class BeastPeer : public Peer {
  public:
    template <class... Arguments>
    explicit BeastPeer(Arguments &&...arguments) : stream_(std::forward<Arguments>(arguments)...) {}

    void accept(std::string &target) {
        beast::flat_buffer buffer;
        beast::http::request<beast::http::string_body> request;
        beast::http::read(stream_.next_layer(), buffer, request);
        target = std::string(request.target());
        stream_.read_message_max(64U << 20U);
        stream_.accept(request);
    }

    void send(const std::string &text) override {
        stream_.text(true);
        stream_.write(asio::buffer(text));
    }

    void sendBinary(const std::string &text) override {
        stream_.binary(true);
        stream_.write(asio::buffer(text));
    }

    void sendFragments(const std::vector<std::string> &parts, bool binary) override {
        stream_.binary(binary);
        for (std::size_t index = 0; index < parts.size(); ++index) {
            stream_.write_some(index + 1 == parts.size(), asio::buffer(parts[index]));
        }
    }

    void sendRaw(const std::string &bytes) override { asio::write(stream_.next_layer(), asio::buffer(bytes)); }

    std::string receiveText() override {
        beast::flat_buffer buffer;
        stream_.read(buffer);
        return beast::buffers_to_string(buffer.data());
    }

    void ping() override { stream_.ping({}); }

    void close(std::uint16_t code) override { stream_.close(static_cast<websocket::close_code>(code)); }

    void hangUp() override {
        beast::error_code ignored;
        beast::get_lowest_layer(stream_).shutdown(tcp::socket::shutdown_both, ignored);
    }

    Transport &transport() { return stream_.next_layer(); }

  private:
    websocket::stream<Transport, false> stream_; // false: without permessage-deflate
};

class TlsPeer : public BeastPeer<asio::ssl::stream<tcp::socket &>> {
  public:
    TlsPeer(tcp::socket &socket, std::unique_ptr<asio::ssl::context> context)
        : BeastPeer(socket, *context), context_(std::move(context)) {
        transport().handshake(asio::ssl::stream_base::server);
    }

  private:
    std::unique_ptr<asio::ssl::context> context_;
};

std::unique_ptr<asio::ssl::context> contextOf(const Certificate &certificate) {
    auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    context->use_certificate_chain(asio::buffer(certificate.certificate));
    context->use_private_key(asio::buffer(certificate.key), asio::ssl::context::pem);
    return context;
}

} // namespace

boost::json::value Peer::receive(int number) {
    boost::json::value message = boost::json::parse(receiveText());
    if (message.at("msg_type").as_int64() != number) {
        throw std::runtime_error("expected message " + std::to_string(number));
    }
    return message;
}

void Peer::drain() {
    for (;;) {
        receiveText();
    }
}

std::unique_ptr<Peer> acceptPeer(tcp::socket &socket, const Certificate *certificate, std::string &target) {
    if (certificate != nullptr) {
        auto peer = std::make_unique<TlsPeer>(socket, contextOf(*certificate));
        peer->accept(target);
        return peer;
    }
    auto peer = std::make_unique<BeastPeer<tcp::socket &>>(socket);
    peer->accept(target);
    return peer;
}

} // namespace rtms::test
