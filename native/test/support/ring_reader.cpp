#include "support/ring_reader.h"

#include <atomic>
#include <cstring>
#include <utility>

#include <gtest/gtest.h>

#include "rtms.h"

namespace rtms::test {

namespace {

template <class Number> std::atomic_ref<Number> shared(std::uint8_t *memory, std::size_t offset) {
    return std::atomic_ref<Number>(*reinterpret_cast<Number *>(memory + offset));
}

template <class Number> Number get(const std::uint8_t *record, std::size_t offset) {
    Number value;
    std::memcpy(&value, record + offset, sizeof value);
    return value;
}

std::string take(const std::uint8_t *&place, std::uint32_t length) {
    std::string text(reinterpret_cast<const char *>(place), length);
    place += length;
    return text;
}

Row rowOf(const std::uint8_t *record) {
    Row row;
    row.length = get<std::uint32_t>(record, RTMS_RECORD_LENGTH_OFFSET);
    row.kind = get<std::uint16_t>(record, RTMS_RECORD_KIND_OFFSET);
    row.flags = get<std::uint16_t>(record, RTMS_RECORD_FLAGS_OFFSET);
    row.stream = get<std::int64_t>(record, RTMS_RECORD_STREAM_OFFSET);
    row.userId = get<std::int64_t>(record, RTMS_RECORD_USER_ID_OFFSET);
    row.timestamp = get<std::int64_t>(record, RTMS_RECORD_TIMESTAMP_OFFSET);
    row.start = get<std::int64_t>(record, RTMS_RECORD_START_OFFSET);
    row.end = get<std::int64_t>(record, RTMS_RECORD_END_OFFSET);
    row.arrival = get<std::int64_t>(record, RTMS_RECORD_ARRIVAL_OFFSET);
    row.code = get<std::int32_t>(record, RTMS_RECORD_CODE_OFFSET);
    row.detail = get<std::int32_t>(record, RTMS_RECORD_DETAIL_OFFSET);
    const std::uint8_t *place = record + RTMS_RECORD_HEADER_BYTES;
    row.name = take(place, get<std::uint32_t>(record, RTMS_RECORD_NAME_LENGTH_OFFSET));
    row.payload = take(place, get<std::uint32_t>(record, RTMS_RECORD_PAYLOAD_LENGTH_OFFSET));
    row.extra = take(place, get<std::uint32_t>(record, RTMS_RECORD_EXTRA_LENGTH_OFFSET));
    const auto used = static_cast<std::size_t>(place - record);
    EXPECT_EQ((used + 7) / 8 * 8, row.length);
    for (; place < record + row.length; ++place) {
        EXPECT_EQ(*place, 0);
    }
    return row;
}

} // namespace

RingReader::RingReader(void *memory, WakeListener &wake, std::function<void()> onSpace)
    : memory_(static_cast<std::uint8_t *>(memory)), wake_(wake), onSpace_(std::move(onSpace)) {
    EXPECT_EQ(get<std::uint32_t>(memory_, 0), static_cast<std::uint32_t>(RTMS_RING_MAGIC));
    EXPECT_EQ(get<std::uint32_t>(memory_, 4), static_cast<std::uint32_t>(RTMS_ABI_VERSION));
    capacity_ = get<std::uint64_t>(memory_, RTMS_RING_CAPACITY_OFFSET);
}

std::uint64_t RingReader::head() const {
    return shared<std::uint64_t>(memory_, RTMS_RING_HEAD_OFFSET).load(std::memory_order_seq_cst);
}

std::uint64_t RingReader::unread() const { return head() - tail_; }

void RingReader::release(std::uint64_t tail) {
    tail_ = tail;
    shared<std::uint64_t>(memory_, RTMS_RING_TAIL_OFFSET).store(tail, std::memory_order_seq_cst);
    auto waiting = shared<std::uint32_t>(memory_, RTMS_RING_WRITER_WAITING_OFFSET);
    if (waiting.exchange(0, std::memory_order_seq_cst) == 1) {
        onSpace_();
    }
}

std::optional<Row> RingReader::poll() {
    while (head() != tail_) {
        const std::uint64_t index = tail_ & (capacity_ - 1);
        const std::uint8_t *record = memory_ + RTMS_RING_DATA_OFFSET + index;
        const auto length = get<std::uint32_t>(record, RTMS_RECORD_LENGTH_OFFSET);
        EXPECT_EQ(length % 8, 0U);
        EXPECT_LE(index + length, capacity_);
        EXPECT_LE(length, unread());
        if (get<std::uint16_t>(record, RTMS_RECORD_KIND_OFFSET) == RTMS_KIND_PADDING) {
            EXPECT_EQ(index + length, capacity_);
            release(tail_ + length);
            continue;
        }
        Row row = rowOf(record);
        release(tail_ + length);
        return row;
    }
    return std::nullopt;
}

std::optional<Row> RingReader::next(std::chrono::milliseconds time) {
    const auto deadline = std::chrono::steady_clock::now() + time;
    auto sleeping = shared<std::uint32_t>(memory_, RTMS_RING_READER_SLEEPING_OFFSET);
    for (;;) {
        if (auto row = poll()) {
            return row;
        }
        sleeping.store(1, std::memory_order_seq_cst);
        auto wake = WakeListener::Wake::byte;
        if (head() == tail_) {
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
            wake = left.count() > 0 ? wake_.wait(left) : WakeListener::Wake::timeout;
        }
        sleeping.store(0, std::memory_order_seq_cst);
        if (wake == WakeListener::Wake::timeout && head() == tail_) {
            return std::nullopt;
        }
        if (wake == WakeListener::Wake::end) {
            ended_ = true;
            return poll();
        }
    }
}

} // namespace rtms::test
