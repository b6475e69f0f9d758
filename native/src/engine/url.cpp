#include "engine/url.h"

#include <algorithm>
#include <charconv>

namespace rtms {

namespace {

constexpr std::size_t maximalUrl = 4096;
constexpr std::size_t maximalHost = 253;
constexpr std::size_t maximalServers = 32;

bool isAlphanumeric(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9');
}

bool isPrintable(char character) { return character > ' ' && character < 0x7F; }

bool isNameCharacter(char character) {
    return isAlphanumeric(character) || character == '-' || character == '.' || character == '_';
}

bool isAddressCharacter(char character) {
    return isAlphanumeric(character) || character == ':' || character == '.' || character == '%';
}

char lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

/// Removes the prefix, written in lower case here, in whatever case it has there.
bool consume(std::string_view &text, std::string_view prefix) {
    if (text.size() < prefix.size() ||
        !std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) { return a == lower(b); })) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

std::optional<std::uint16_t> parsePort(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value == 0 || value > 65535) {
        return std::nullopt;
    }
    return static_cast<std::uint16_t>(value);
}

/// Takes the host off the front of "host[:port]".
std::optional<std::string> takeHost(std::string_view &authority) {
    std::string_view host;
    bool valid = false;
    if (authority.starts_with('[')) {
        const std::size_t end = authority.find(']');
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        host = authority.substr(1, end - 1);
        authority.remove_prefix(end + 1);
        valid = host.find(':') != std::string_view::npos && std::all_of(host.begin(), host.end(), isAddressCharacter);
    } else {
        host = authority.substr(0, authority.find(':'));
        authority.remove_prefix(host.size());
        valid = std::all_of(host.begin(), host.end(), isNameCharacter);
    }
    if (!valid || host.empty() || host.size() > maximalHost) {
        return std::nullopt;
    }
    return std::string(host);
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blank);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(blank) - first + 1);
}

} // namespace

std::optional<HostPort> parseHostPort(std::string_view text) {
    auto host = takeHost(text);
    if (!host) {
        return std::nullopt;
    }
    HostPort parsed{std::move(*host)};
    if (!text.empty() && text != ":") {
        const auto port = text.front() == ':' ? parsePort(text.substr(1)) : std::nullopt;
        if (!port) {
            return std::nullopt;
        }
        parsed.port = *port;
    }
    return parsed;
}

std::string authorityOf(const std::string &host, std::uint16_t port) {
    const bool isIpv6 = host.find(':') != std::string::npos;
    return (isIpv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string Url::authority() const { return authorityOf(host, port); }

std::optional<Url> parseUrl(std::string_view text) {
    if (text.size() > maximalUrl || !std::all_of(text.begin(), text.end(), isPrintable)) {
        return std::nullopt;
    }
    Url url;
    url.text = text;
    url.tls = consume(text, "wss://");
    if (!url.tls && !consume(text, "ws://")) {
        return std::nullopt;
    }
    text = text.substr(0, text.find('#'));
    const std::string_view authority = text.substr(0, text.find_first_of("/?"));
    const std::string_view target = text.substr(authority.size());
    auto server = parseHostPort(authority);
    if (!server) {
        return std::nullopt;
    }
    const std::uint16_t usual = url.tls ? 443 : 80;
    url.host = std::move(server->host);
    url.port = server->port == 0 ? usual : server->port;
    url.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
    return url;
}

std::vector<Url> parseServerList(std::string_view text) {
    std::vector<Url> servers;
    while (!text.empty() && servers.size() < maximalServers) {
        const std::string_view entry = text.substr(0, text.find(','));
        text.remove_prefix(std::min(text.size(), entry.size() + 1));
        if (auto url = parseUrl(trim(entry))) {
            servers.push_back(std::move(*url));
        }
    }
    return servers;
}

} // namespace rtms
