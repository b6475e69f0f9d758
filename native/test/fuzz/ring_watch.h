#ifndef RTMS_TEST_FUZZ_RING_WATCH_H
#define RTMS_TEST_FUZZ_RING_WATCH_H

#include <cstdint>
#include <string>
#include <string_view>

#include "loop/memory.h"
#include "loop/record.h"

namespace rtms::fuzz {

/// Reads a ring as Java does, and holds every record against what rtms.h promises: its layout, its place in the life of
/// an attempt, its texts.
class RingWatch {
  public:
    RingWatch(const Memory &ring, std::int64_t stream);

    /// Reads everything that is there. True where the writer waits for the space.
    bool read();

    /// A join was accepted.
    void joined() { ++attempts_; }
    int attempts() const { return attempts_; }
    int ended() const { return ended_; }
    bool stopped() const { return stopped_; }

  private:
    void check(const RecordHeader &header, const char *rest);
    void checkLife(const RecordHeader &header);
    void checkTexts(const RecordHeader &header, std::string_view name, std::string_view extra);

    std::byte *memory_;
    std::uint64_t capacity_;
    std::int64_t stream_;
    std::uint64_t tail_ = 0;
    int attempts_ = 0;
    int ended_ = 0;
    bool hasJoined_ = false; // the attempt that runs
    bool stopped_ = false;
    std::uint16_t unfinished_ = 0; // the kind of a payload of which parts are still to come
    std::string payload_;
};

} // namespace rtms::fuzz

#endif
