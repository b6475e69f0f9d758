// A server's WebSocket frames: the same events come out of them however the bytes are cut, messages are no larger than
// allowed, bytes behind them can be read, and nothing comes after an end. The first byte of the input says into pieces
// of which size they are cut.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/frame_reader.h"
#include "engine/message_parser.h"
#include "fuzz/require.h"

namespace {

using rtms::FrameReader;
using rtms::fuzz::require;
using Event = FrameReader::Event;

constexpr std::size_t maximum = 1000;

std::string describe(const FrameReader &reader, Event event) {
    const std::string_view payload = reader.payload();
    if (event == Event::message) {
        require(payload.size() <= maximum, "a message is no larger than allowed");
        volatile char behind = payload.data()[payload.size() + rtms::MessageParser::padding - 1];
        (void)behind;
    }
    const std::string more = event == Event::message || event == Event::ping ? std::string(payload) : "";
    return std::to_string(static_cast<int>(event)) + ' ' + std::to_string(reader.closeCode()) + ' ' +
           std::to_string(static_cast<int>(reader.fault())) + ' ' + more;
}

std::vector<std::string> eventsOf(std::string_view bytes, std::size_t piece) {
    static rtms::SpareBuffers spares;
    FrameReader reader(maximum, spares);
    std::vector<std::string> events;
    while (!bytes.empty()) {
        // Of exactly this size, so that the sanitizer sees who reads beyond.
        std::vector<char> part(bytes.begin(),
                               bytes.begin() + static_cast<std::ptrdiff_t>(std::min(piece, bytes.size())));
        const std::size_t size = part.size();
        bytes.remove_prefix(size);
        part.resize(size + rtms::MessageParser::padding);
        std::string_view rest(part.data(), size);
        for (Event event = reader.next(rest); event != Event::none; event = reader.next(rest)) {
            events.push_back(describe(reader, event));
            if (event == Event::close || event == Event::fault) {
                require(reader.next(rest) == event, "an end is the end");
                return events;
            }
        }
        require(rest.empty(), "all bytes are taken");
    }
    return events;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char *>(bytes) + 1, size - 1);
    const std::vector<std::string> whole = eventsOf(text, std::string_view::npos);
    require(eventsOf(text, 1U + bytes[0]) == whole, "where bytes are cut makes no difference");
    return 0;
}
