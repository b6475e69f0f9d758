#ifndef RTMS_TEST_SUPPORT_RING_READER_H
#define RTMS_TEST_SUPPORT_RING_READER_H

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "support/wake_listener.h"

namespace rtms::test {

/// A record, copied out of the ring.
struct Row {
    std::uint32_t length = 0;
    std::uint16_t kind = 0;
    std::uint16_t flags = 0;
    std::int64_t stream = 0;
    std::int64_t userId = 0;
    std::int64_t timestamp = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t arrival = 0;
    std::int32_t code = 0;
    std::int32_t detail = 0;
    std::string name;
    std::string payload;
    std::string extra;
};

/// Reads a ring as rtms.h tells readers to, from the layout alone: the test's stand-in for Java.
class RingReader {
  public:
    /// onSpace: rtms_loop_space().
    RingReader(void *memory, WakeListener &wake, std::function<void()> onSpace);

    /// The next record; nothing where none comes in time. A record must be whole and well formed.
    std::optional<Row> next(std::chrono::milliseconds time);

    /// The next record if it is there already.
    std::optional<Row> poll();

    /// Bytes that have not been read.
    std::uint64_t unread() const;

    /// The socket's other end was closed.
    bool ended() const { return ended_; }

  private:
    std::uint64_t head() const;
    void release(std::uint64_t tail);

    std::uint8_t *memory_;
    std::uint64_t capacity_;
    WakeListener &wake_;
    std::function<void()> onSpace_;
    std::uint64_t tail_ = 0;
    bool ended_ = false;
};

} // namespace rtms::test

#endif
