// The media servers of message 2: lines of "key=comma-separated URLs". Bounded, and each medium finds servers where any
// were accepted.

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "engine/media_servers.h"
#include "engine/media_type.h"
#include "fuzz/require.h"

using rtms::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    constexpr std::size_t most = 32;
    std::string_view text(reinterpret_cast<const char *>(bytes), size);
    rtms::MediaServers servers;
    bool any = false;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const std::string_view key = line.substr(0, line.find('='));
        const std::string_view value = line.substr(std::min(line.size(), key.size() + 1));
        const std::size_t usable = rtms::parseServerList(value).size();
        require(usable <= most, "a list is bounded");
        any = any || usable != 0;
        servers.add(key, value);
    }
    for (const std::int32_t type : {1, 2, 4, 8, 16, 32, 0, 3}) {
        for (const bool preferAudio : {false, true}) {
            const auto found = servers.find(type, preferAudio);
            require(found.empty() != any && found.size() <= most, "every medium finds servers where there are any");
            for (const rtms::Url &url : found) {
                require(!url.host.empty() && url.port != 0, "a server can be connected to");
            }
        }
    }
    return 0;
}
