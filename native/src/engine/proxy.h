#ifndef RTMS_ENGINE_PROXY_H
#define RTMS_ENGINE_PROXY_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rtms {

/// An HTTP proxy that sockets go through.
struct Proxy {
    std::string host; // a name or an address; IPv6 without its brackets
    std::uint16_t port = 0;
    std::string authorization; // the header Proxy-Authorization; empty where none is sent. Secret

    /// host:port, for people: it holds no secret.
    std::string authority() const;
};

/// "http://[user:password@]host:port", user and password percent-encoded; nothing where the text is not so.
std::optional<Proxy> parseProxy(std::string_view text);

} // namespace rtms

#endif
