// What a caller sets on a stream, and the messages made of it: options that are accepted can be sent. Each line of the
// input is one option: its number as a character ('0' is 0; 'A' and above are numbers), and its value.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "engine/media_type.h"
#include "engine/outgoing.h"
#include "engine/proxy.h"
#include "engine/signature.h"
#include "fuzz/require.h"
#include "loop/stream_options.h"
#include "rtms.h"

namespace {

using rtms::fuzz::require;

void requireJson(const std::string &text) {
    static simdjson::dom::parser parser;
    simdjson::dom::element root;
    require(parser.parse(text).get(root) == simdjson::SUCCESS && root.is_object(), "a message is a JSON object");
}

std::int32_t set(rtms::StreamOptions &options, std::string_view line) {
    const char option = line.front();
    const std::string value(line.substr(1));
    if (option >= 'A') {
        return options.setInt(option - 'A', std::strtoll(value.c_str(), nullptr, 10));
    }
    return options.setString(option - '0', value);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    std::string_view text(reinterpret_cast<const char *>(bytes), size);
    rtms::StreamOptions options;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (!line.empty()) {
            const std::int32_t result = set(options, line);
            require(result == RTMS_OK || result == RTMS_E_INVALID_ARGUMENT, "an option is taken or not");
        }
    }
    options.check();
    require(options.mediaTypes > 0 && options.mediaTypes < rtms::media_type::all, "media types are in range");
    require(options.maxMessageBytes >= 1024, "messages are bounded");
    const std::string signature = rtms::sign(options.clientId, options.clientSecret, options.id, options.streamId);
    requireJson(rtms::outgoing::signalingHandshake(options, signature));
    for (const std::int32_t type : {1, 2, 4, 8, 16, rtms::media_type::all}) {
        requireJson(rtms::outgoing::mediaHandshake(options, signature, type));
    }
    requireJson(rtms::outgoing::clientReady(options.streamId));
    requireJson(rtms::outgoing::closeRequest(options.streamId));
    requireJson(rtms::outgoing::streamStateQuery(options.streamId));
    requireJson(rtms::outgoing::sessionStateQuery(options.id));
    return 0;
}
