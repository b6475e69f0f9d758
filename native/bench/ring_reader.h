#ifndef RTMS_BENCH_RING_READER_H
#define RTMS_BENCH_RING_READER_H

#include <atomic>
#include <cstdint>
#include <cstring>

#include "rtms.h"

namespace rtms::bench {

/// Reads headers and frees the room: as little as a reader can do.
///
/// Threads: the reader's.
class RingReader {
  public:
    explicit RingReader(void *memory) : memory_(static_cast<std::uint8_t *>(memory)) {
        std::memcpy(&capacity_, memory_ + RTMS_RING_CAPACITY_OFFSET, sizeof capacity_);
    }

    /// Takes all that is there; visit(kind) for each record but padding. True where the writer waits for the room.
    template <class Visit> bool read(Visit visit) {
        const std::uint64_t head = shared<std::uint64_t>(RTMS_RING_HEAD_OFFSET).load(std::memory_order_acquire);
        if (head == tail_) {
            return false;
        }
        while (tail_ != head) {
            const std::uint8_t *record = memory_ + RTMS_RING_DATA_OFFSET + (tail_ & (capacity_ - 1));
            std::uint32_t length = 0;
            std::uint16_t kind = 0;
            std::memcpy(&length, record + RTMS_RECORD_LENGTH_OFFSET, sizeof length);
            std::memcpy(&kind, record + RTMS_RECORD_KIND_OFFSET, sizeof kind);
            tail_ += length;
            if (kind != RTMS_KIND_PADDING) {
                visit(kind);
            }
        }
        shared<std::uint64_t>(RTMS_RING_TAIL_OFFSET).store(tail_, std::memory_order_seq_cst);
        return shared<std::uint32_t>(RTMS_RING_WRITER_WAITING_OFFSET).exchange(0, std::memory_order_seq_cst) != 0;
    }

    /// Calls wait() with the flag up that has the writer wake the reader, unless something has come meanwhile.
    template <class Wait> void sleep(Wait wait) {
        auto sleeping = shared<std::uint32_t>(RTMS_RING_READER_SLEEPING_OFFSET);
        sleeping.store(1, std::memory_order_seq_cst);
        if (shared<std::uint64_t>(RTMS_RING_HEAD_OFFSET).load(std::memory_order_seq_cst) == tail_) {
            wait();
        }
        sleeping.store(0, std::memory_order_seq_cst);
    }

  private:
    template <class Number> std::atomic_ref<Number> shared(std::size_t offset) {
        return std::atomic_ref<Number>(*reinterpret_cast<Number *>(memory_ + offset));
    }

    std::uint8_t *memory_;
    std::uint64_t capacity_ = 0;
    std::uint64_t tail_ = 0;
};

} // namespace rtms::bench

#endif
