#ifndef RTMS_LOOP_RECORD_H
#define RTMS_LOOP_RECORD_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rtms.h"

namespace rtms {

/// Bounds of what comes from the peer, so that every record fits into the smallest ring. A longer name is cut at a
/// character's border, a longer extra or session id is left out.
constexpr std::size_t maximalName = 1024;
constexpr std::size_t maximalSessionId = 1024;
constexpr std::size_t maximalExtra = 8192;

/// One record as an engine describes it, before it is laid out in the ring. The views need to live only during the
/// call.
struct Record {
    std::uint16_t kind = RTMS_KIND_PADDING;
    std::int64_t stream = 0;
    std::int64_t userId = 0;
    std::int64_t timestamp = 0; // Unix milliseconds, as are start and end
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t arrival = 0; // nanoseconds of CLOCK_MONOTONIC
    std::int32_t code = 0;
    std::int32_t detail = 0;
    std::string_view name;
    std::string_view payload;
    std::string_view extra;
};

/// The first 80 bytes of a record in the ring, as rtms.h draws them.
struct RecordHeader {
    std::uint32_t length;
    std::uint16_t kind;
    std::uint16_t flags;
    std::int64_t stream;
    std::int64_t userId;
    std::int64_t timestamp;
    std::int64_t start;
    std::int64_t end;
    std::int64_t arrival;
    std::int32_t code;
    std::int32_t detail;
    std::uint32_t nameLength;
    std::uint32_t payloadLength;
    std::uint32_t extraLength;
    std::uint32_t reserved;
};

static_assert(sizeof(RecordHeader) == RTMS_RECORD_HEADER_BYTES);
static_assert(offsetof(RecordHeader, length) == RTMS_RECORD_LENGTH_OFFSET);
static_assert(offsetof(RecordHeader, kind) == RTMS_RECORD_KIND_OFFSET);
static_assert(offsetof(RecordHeader, flags) == RTMS_RECORD_FLAGS_OFFSET);
static_assert(offsetof(RecordHeader, stream) == RTMS_RECORD_STREAM_OFFSET);
static_assert(offsetof(RecordHeader, userId) == RTMS_RECORD_USER_ID_OFFSET);
static_assert(offsetof(RecordHeader, timestamp) == RTMS_RECORD_TIMESTAMP_OFFSET);
static_assert(offsetof(RecordHeader, start) == RTMS_RECORD_START_OFFSET);
static_assert(offsetof(RecordHeader, end) == RTMS_RECORD_END_OFFSET);
static_assert(offsetof(RecordHeader, arrival) == RTMS_RECORD_ARRIVAL_OFFSET);
static_assert(offsetof(RecordHeader, code) == RTMS_RECORD_CODE_OFFSET);
static_assert(offsetof(RecordHeader, detail) == RTMS_RECORD_DETAIL_OFFSET);
static_assert(offsetof(RecordHeader, nameLength) == RTMS_RECORD_NAME_LENGTH_OFFSET);
static_assert(offsetof(RecordHeader, payloadLength) == RTMS_RECORD_PAYLOAD_LENGTH_OFFSET);
static_assert(offsetof(RecordHeader, extraLength) == RTMS_RECORD_EXTRA_LENGTH_OFFSET);

/// Now, in the clock of Record::arrival.
inline std::int64_t monotonicNanos() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

/// Now, in the clock of Record::timestamp.
inline std::int64_t unixMilliseconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

} // namespace rtms

#endif
