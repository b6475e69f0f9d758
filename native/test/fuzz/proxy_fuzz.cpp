// The URL of a proxy: what is accepted cannot break out of a request's header, and is read the same way again.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base64.h"
#include "engine/proxy.h"
#include "fuzz/require.h"

using rtms::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    const auto proxy = rtms::parseProxy({reinterpret_cast<const char *>(bytes), size});
    if (!proxy) {
        return 0;
    }
    require(!proxy->host.empty() && proxy->port != 0, "a proxy can be connected to");
    const auto again = rtms::parseProxy("http://" + proxy->authority());
    require(again && again->host == proxy->host && again->port == proxy->port && again->authorization.empty(),
            "a proxy is read the same way again");
    if (proxy->authorization.empty()) {
        return 0;
    }
    constexpr std::string_view scheme = "Basic ";
    require(proxy->authorization.starts_with(scheme), "the header names its scheme");
    const std::string_view text = std::string_view(proxy->authorization).substr(scheme.size());
    const auto length = rtms::base64::decodedSize(text);
    require(length.has_value(), "credentials are Base64");
    std::vector<std::uint8_t> credentials(*length);
    require(rtms::base64::decode(text, credentials.data()), "credentials are Base64");
    bool hasColon = false;
    for (const std::uint8_t byte : credentials) {
        require(byte >= ' ' && byte != 0x7F, "credentials hold no control characters");
        hasColon = hasColon || byte == ':';
    }
    require(hasColon, "credentials are user and password");
    return 0;
}
