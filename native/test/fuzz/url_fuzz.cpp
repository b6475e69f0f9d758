// A WebSocket URL: what is accepted holds nothing that could break out of an HTTP request, and is read the same way
// again.

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/url.h"
#include "fuzz/require.h"

namespace {

using rtms::fuzz::require;

bool isClean(std::string_view text) {
    for (const char character : text) {
        if (character <= ' ' || character >= 0x7F) {
            return false;
        }
    }
    return !text.empty();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    if (const auto url = rtms::parseUrl(text)) {
        require(isClean(url->host) && isClean(url->target) && isClean(url->authority()), "nothing breaks out");
        require(url->port != 0 && url->target.starts_with('/'), "a URL is whole");
        const auto again = rtms::parseUrl((url->tls ? "wss://" : "ws://") + url->authority() + url->target);
        require(again && again->tls == url->tls && again->host == url->host && again->port == url->port &&
                    again->target == url->target,
                "a URL is read the same way again");
    }
    if (const auto server = rtms::parseHostPort(text)) {
        require(isClean(server->host) && server->host.find_first_of("/?#@[]") == std::string::npos, "a host is clean");
    }
    return 0;
}
