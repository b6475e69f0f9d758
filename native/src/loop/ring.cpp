#include "loop/ring.h"

#include <atomic>
#include <bit>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace rtms {

namespace {

template <class Number> std::atomic_ref<Number> shared(std::byte *memory, std::size_t offset) {
    return std::atomic_ref<Number>(*reinterpret_cast<Number *>(memory + offset));
}

template <class Number> void put(std::byte *memory, std::size_t offset, Number value) {
    std::memcpy(memory + offset, &value, sizeof value);
}

template <class Number> Number get(const std::byte *memory, std::size_t offset) {
    Number value;
    std::memcpy(&value, memory + offset, sizeof value);
    return value;
}

Memory formatted(std::size_t capacity) {
    Memory memory = Memory::own(Ring::bytesFor(capacity));
    Ring::format(memory);
    return memory;
}

} // namespace

void Ring::format(const Memory &memory) {
    std::memset(memory.place(), 0, RTMS_RING_DATA_OFFSET);
    put<std::uint32_t>(memory.place(), 0, RTMS_RING_MAGIC);
    put<std::uint32_t>(memory.place(), 4, RTMS_ABI_VERSION);
    put<std::uint64_t>(memory.place(), RTMS_RING_CAPACITY_OFFSET, memory.bytes() - RTMS_RING_DATA_OFFSET);
}

Ring::Ring(std::size_t capacity) : Ring(formatted(capacity)) {}

Ring::Ring(Memory memory) : memory_(std::move(memory)), capacity_(memory_.bytes() - RTMS_RING_DATA_OFFSET) {
    const bool isRing = memory_.bytes() >= bytesFor(RTMS_RING_MIN_BYTES) && std::has_single_bit(capacity_) &&
                        get<std::uint32_t>(memory_.place(), 0) == RTMS_RING_MAGIC &&
                        get<std::uint32_t>(memory_.place(), 4) == RTMS_ABI_VERSION;
    if (!isRing) {
        throw std::invalid_argument("ring");
    }
    head_ = shared<std::uint64_t>(memory_.place(), RTMS_RING_HEAD_OFFSET).load(std::memory_order_seq_cst);
    tail_ = shared<std::uint64_t>(memory_.place(), RTMS_RING_TAIL_OFFSET).load(std::memory_order_seq_cst);
}

std::byte *Ring::data() const { return memory_.place() + RTMS_RING_DATA_OFFSET; }

std::byte *Ring::reserve(std::size_t length) {
    const std::size_t index = head_ & (capacity_ - 1);
    const std::size_t contiguous = capacity_ - index;
    const std::size_t padding = contiguous < length ? contiguous : 0;
    if (padding + length > capacity_ - (head_ - tail_)) {
        tail_ = shared<std::uint64_t>(memory_.place(), RTMS_RING_TAIL_OFFSET).load(std::memory_order_seq_cst);
        if (padding + length > capacity_ - (head_ - tail_)) {
            return nullptr;
        }
    }
    if (padding != 0) {
        put<std::uint32_t>(data(), index + RTMS_RECORD_LENGTH_OFFSET, static_cast<std::uint32_t>(padding));
        put<std::uint32_t>(data(), index + RTMS_RECORD_KIND_OFFSET, RTMS_KIND_PADDING); // kind and flags
    }
    reserved_ = head_ + padding + length;
    return data() + (padding != 0 ? 0 : index);
}

bool Ring::commit() {
    head_ = reserved_;
    // Sequentially consistent on both: the full fence of the protocol between "head is stored" and "does the reader
    // sleep?".
    shared<std::uint64_t>(memory_.place(), RTMS_RING_HEAD_OFFSET).store(head_, std::memory_order_seq_cst);
    auto sleeping = shared<std::uint32_t>(memory_.place(), RTMS_RING_READER_SLEEPING_OFFSET);
    return sleeping.load(std::memory_order_seq_cst) != 0 && sleeping.exchange(0, std::memory_order_seq_cst) != 0;
}

void Ring::announceWaiting() {
    shared<std::uint32_t>(memory_.place(), RTMS_RING_WRITER_WAITING_OFFSET).store(1, std::memory_order_seq_cst);
}

void Ring::withdrawWaiting() {
    shared<std::uint32_t>(memory_.place(), RTMS_RING_WRITER_WAITING_OFFSET).store(0, std::memory_order_seq_cst);
}

} // namespace rtms
