#include "fuzz/fake_server.h"

#include <array>
#include <cerrno>
#include <utility>

#include <openssl/sha.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/base64.h"

namespace rtms::fuzz {

namespace {

/// The header Sec-WebSocket-Accept for a request (RFC 6455 section 4.2.2).
std::string acceptFor(std::string_view request) {
    constexpr std::string_view name = "Sec-WebSocket-Key: ";
    const std::size_t begin = request.find(name);
    std::string key;
    if (begin != std::string_view::npos) {
        const std::string_view rest = request.substr(begin + name.size());
        key = std::string(rest.substr(0, rest.find("\r\n")));
    }
    key += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char *>(key.data()), key.size(), digest.data());
    return base64::encode({reinterpret_cast<const char *>(digest.data()), digest.size()});
}

} // namespace

FakeServer::FakeServer(FakeServer &&other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), request_(std::move(other.request_)),
      isSignaling_(other.isSignaling_), isOpen_(other.isOpen_), clientIsGone_(other.clientIsGone_) {}

FakeServer::~FakeServer() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

void FakeServer::read() {
    static std::array<char, 65'536> bytes;
    while (!clientIsGone_) {
        const ssize_t size = ::recv(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (size <= 0) {
            clientIsGone_ = size == 0 || errno != EAGAIN;
            return;
        }
        if (!isOpen_) {
            request_.append(bytes.data(), static_cast<std::size_t>(size));
        }
    }
}

bool FakeServer::isAsked() const { return !isOpen_ && request_.find("\r\n\r\n") != std::string::npos; }

bool FakeServer::isAskedForTunnel() const { return isAsked() && request_.starts_with("CONNECT "); }

void FakeServer::answer(std::string_view headers) {
    if (!isAsked()) {
        return;
    }
    if (isAskedForTunnel()) {
        request_.clear();
        send("HTTP/1.1 200 Connection established\r\n\r\n");
        return;
    }
    isSignaling_ = request_.starts_with("GET /signaling ");
    send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
         acceptFor(request_) + "\r\n" + std::string(headers) + "\r\n");
    request_.clear();
    isOpen_ = true;
}

void FakeServer::frame(std::uint8_t first, std::string_view payload) {
    std::string bytes(1, static_cast<char>(first));
    constexpr std::size_t small = 125;
    constexpr std::size_t medium = 65'535;
    int lengthBytes = 0;
    if (payload.size() <= small) {
        bytes += static_cast<char>(payload.size());
    } else {
        lengthBytes = payload.size() <= medium ? 2 : 8;
        bytes += static_cast<char>(lengthBytes == 2 ? 126 : 127);
    }
    for (int byte = lengthBytes - 1; byte >= 0; --byte) {
        bytes += static_cast<char>(payload.size() >> (8 * byte) & 0xFFU);
    }
    send(bytes.append(payload));
}

void FakeServer::send(std::string_view bytes) {
    ::send(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

void FakeServer::shutdown() { ::shutdown(descriptor_, SHUT_RDWR); }

} // namespace rtms::fuzz
