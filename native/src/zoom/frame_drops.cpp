#include "zoom/frame_drops.h"

#include <string>
#include <utility>

#include "rtms.h"

namespace rtms::zoom {

namespace {

constexpr std::chrono::seconds period{1};

} // namespace

void FrameDrops::add(std::uint16_t kind, std::size_t bytes, std::int64_t timestamp) {
    Tally &tally = tallies_.at(kind);
    if (tally.frames++ == 0) {
        tally.first = timestamp;
    }
    tally.bytes += static_cast<std::int64_t>(bytes);
    tally.last = timestamp;
}

bool FrameDrops::isDue() const { return std::chrono::steady_clock::now() - told_ >= period; }

void FrameDrops::tell(StreamHost &host) {
    told_ = std::chrono::steady_clock::now();
    for (std::uint16_t kind = RTMS_KIND_AUDIO; kind <= RTMS_KIND_TRANSCRIPT; ++kind) {
        const Tally tally = std::exchange(tallies_.at(kind), {});
        if (tally.frames != 0) {
            const std::string extra = "{\"bytes\":" + std::to_string(tally.bytes) + "}";
            Record record;
            record.kind = RTMS_KIND_DROPPED;
            record.code = kind;
            record.detail = static_cast<std::int32_t>(tally.frames);
            record.start = tally.first;
            record.end = tally.last;
            record.extra = extra;
            host.write(record);
        }
    }
}

} // namespace rtms::zoom
