#include "engine/proxy.h"

#include <algorithm>
#include <charconv>

#include "engine/base64.h"
#include "engine/url.h"

namespace rtms {

namespace {

constexpr std::size_t maximalText = 4096;

/// Undoes percent-encoding; nothing where that is broken, or where control characters come out, which Basic
/// authentication has no place for.
std::optional<std::string> decode(std::string_view text) {
    std::string decoded;
    while (!text.empty()) {
        unsigned value = static_cast<unsigned char>(text.front());
        std::size_t used = 1;
        if (text.front() == '%') {
            used = 3;
            const std::string_view digits = text.substr(1, 2);
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
            if (digits.size() != 2 || error != std::errc() || end != digits.data() + 2) {
                return std::nullopt;
            }
        }
        if (value < ' ' || value == 0x7F) {
            return std::nullopt;
        }
        decoded += static_cast<char>(value);
        text.remove_prefix(used);
    }
    return decoded;
}

/// The header's value for "user:password" or "user".
std::optional<std::string> authorizationOf(std::string_view credentials) {
    const std::string_view user = credentials.substr(0, credentials.find(':'));
    const std::string_view password = credentials.substr(std::min(credentials.size(), user.size() + 1));
    const auto decodedUser = decode(user);
    const auto decodedPassword = decode(password);
    const bool sound = decodedUser && decodedPassword && !decodedUser->empty() &&
                       decodedUser->find(':') == std::string::npos && credentials.find('@') == std::string_view::npos;
    return sound ? std::optional("Basic " + base64::encode(*decodedUser + ":" + *decodedPassword)) : std::nullopt;
}

} // namespace

std::string Proxy::authority() const { return authorityOf(host, port); }

std::optional<Proxy> parseProxy(std::string_view text) {
    constexpr std::string_view scheme = "http://";
    if (text.size() > maximalText || !text.starts_with(scheme)) {
        return std::nullopt;
    }
    text.remove_prefix(scheme.size());
    if (text.ends_with('/')) {
        text.remove_suffix(1);
    }
    Proxy proxy;
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
        auto authorization = authorizationOf(text.substr(0, at));
        if (!authorization) {
            return std::nullopt;
        }
        proxy.authorization = std::move(*authorization);
        text.remove_prefix(at + 1);
    }
    auto server = parseHostPort(text);
    if (!server || server->port == 0) {
        return std::nullopt;
    }
    proxy.host = std::move(server->host);
    proxy.port = server->port;
    return proxy;
}

} // namespace rtms
