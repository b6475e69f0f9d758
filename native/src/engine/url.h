#ifndef RTMS_ENGINE_URL_H
#define RTMS_ENGINE_URL_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rtms {

/// A host and, where it is named, a port; 0 where it is not.
struct HostPort {
    std::string host; // a name or an address; IPv6 without its brackets
    std::uint16_t port = 0;
};

/// "host", "host:" or "host:port"; nothing where the text is not so.
std::optional<HostPort> parseHostPort(std::string_view text);

/// host:port as in HTTP's header Host.
std::string authorityOf(const std::string &host, std::uint16_t port);

/// A WebSocket address, as it stands in webhooks and in message 2. Nothing in it is trusted.
struct Url {
    std::string text; // as it was given
    bool tls = false;
    std::string host; // a name or an address; IPv6 without its brackets
    std::uint16_t port = 0;
    std::string target; // path and query, at least "/"

    /// host:port, also for people: it holds no secret.
    std::string authority() const;
};

/// ws or wss only; nothing where the text is not such a URL, has user information, or holds spaces or control
/// characters.
std::optional<Url> parseUrl(std::string_view text);

/// Comma-separated URLs in their order, trimmed; entries that are no WebSocket URL are left out.
std::vector<Url> parseServerList(std::string_view text);

} // namespace rtms

#endif
