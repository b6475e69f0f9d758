// URLs and server lists: what is accepted holds nothing that could break out of an HTTP request, and is read the same
// way again.

#include <cstdlib>
#include <string>

#include "engine/url.h"

namespace {

bool isClean(const std::string &text) {
    return text.find_first_of(" \r\n\t") == std::string::npos && text.find('\0') == std::string::npos;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    for (const rtms::Url &url : rtms::parseServerList({reinterpret_cast<const char *>(bytes), size})) {
        const bool sound = !url.host.empty() && url.port != 0 && url.target.starts_with('/') && isClean(url.host) &&
                           isClean(url.target);
        const auto again = rtms::parseUrl((url.tls ? "wss://" : "ws://") + url.authority() + url.target);
        if (!sound || !again || again->authority() != url.authority() || again->target != url.target) {
            std::abort();
        }
    }
    return 0;
}
