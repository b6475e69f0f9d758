#include "engine/upgrade.h"

#include <array>
#include <new>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/websocket/error.hpp>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include "engine/base64.h"

namespace rtms {

namespace {

namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

constexpr std::uint32_t maximalHeader = 8192;

std::string encoded(const unsigned char *bytes, std::size_t size) {
    return base64::encode({reinterpret_cast<const char *>(bytes), size});
}

std::string createKey() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::bad_alloc(); // as good as: OpenSSL has nothing to work with
    }
    return encoded(bytes.data(), bytes.size());
}

std::string acceptFor(const std::string &key) {
    const std::string text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char *>(text.data()), text.size(), digest.data());
    return encoded(digest.data(), digest.size());
}

} // namespace

Upgrade::Upgrade(const Url &url)
    : key_(createKey()), request_("GET " + url.target + " HTTP/1.1\r\nHost: " + url.authority() +
                                  "\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Key: " + key_ +
                                  "\r\nSec-WebSocket-Version: 13\r\n\r\n") {
    parser_.header_limit(maximalHeader);
    parser_.skip(true); // a refusal's words are not read
}

bool Upgrade::take(std::string_view bytes) {
    received_ += bytes;
    while (!error_ && !parser_.is_header_done() && !received_.empty()) {
        boost::system::error_code error;
        received_.erase(0, parser_.put(boost::asio::buffer(received_), error));
        if (error == http::error::need_more) {
            break;
        }
        error_ = error;
    }
    if (!error_ && !parser_.is_header_done()) {
        return false;
    }
    if (parser_.is_header_done()) {
        status_ = parser_.get().result_int();
    }
    if (!error_) {
        error_ = check();
    }
    return true;
}

void Upgrade::end() { error_ = parser_.got_some() ? http::error::partial_message : http::error::end_of_stream; }

boost::system::error_code Upgrade::check() const {
    const auto &answer = parser_.get();
    if (answer.result() != http::status::switching_protocols) {
        return websocket::error::upgrade_declined;
    }
    constexpr unsigned http11 = 11;
    if (answer.version() != http11) {
        return websocket::error::bad_http_version;
    }
    if (!http::token_list(answer[http::field::connection]).exists("upgrade")) {
        return websocket::error::no_connection_upgrade;
    }
    if (!http::token_list(answer[http::field::upgrade]).exists("websocket")) {
        return websocket::error::no_upgrade_websocket;
    }
    const auto accept = answer.find(http::field::sec_websocket_accept);
    if (accept == answer.end()) {
        return websocket::error::no_sec_accept;
    }
    return accept->value() == acceptFor(key_) ? boost::system::error_code() : websocket::error::bad_sec_accept;
}

} // namespace rtms
