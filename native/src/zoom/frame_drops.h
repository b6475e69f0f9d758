#ifndef RTMS_ZOOM_FRAME_DROPS_H
#define RTMS_ZOOM_FRAME_DROPS_H

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "loop/stream_host.h"

namespace rtms::zoom {

/// Frames that could be neither refused nor taken, by their kind (RTMS_KIND_AUDIO to RTMS_KIND_TRANSCRIPT), until they
/// are told of: before the next frame of such a kind, or after a second.
class FrameDrops {
  public:
    void add(std::uint16_t kind, std::size_t bytes, std::int64_t timestamp);
    bool has(std::uint16_t kind) const { return tallies_.at(kind).frames != 0; }
    bool isDue() const;
    /// Writes RTMS_KIND_DROPPED for each kind that has some.
    void tell(StreamHost &host);

  private:
    struct Tally {
        std::int64_t frames = 0;
        std::int64_t bytes = 0;
        std::int64_t first = 0;
        std::int64_t last = 0;
    };

    std::array<Tally, RTMS_KIND_TRANSCRIPT + 1> tallies_{};
    std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

} // namespace rtms::zoom

#endif
