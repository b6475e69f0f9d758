#include "loop/ring.h"

#include <atomic>
#include <cstring>
#include <new>

#include <sys/mman.h>

#include "rtms.h"

namespace rtms {

namespace {

template <class Number> std::atomic_ref<Number> shared(std::byte *memory, std::size_t offset) {
    return std::atomic_ref<Number>(*reinterpret_cast<Number *>(memory + offset));
}

template <class Number> void put(std::byte *memory, std::size_t offset, Number value) {
    std::memcpy(memory + offset, &value, sizeof value);
}

} // namespace

Ring::Ring(std::size_t capacity) : capacity_(capacity), bytes_(RTMS_RING_DATA_OFFSET + capacity) {
    void *mapping = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) {
        throw std::bad_alloc();
    }
    memory_ = static_cast<std::byte *>(mapping);
    put<std::uint32_t>(memory_, 0, RTMS_RING_MAGIC);
    put<std::uint32_t>(memory_, 4, RTMS_ABI_VERSION);
    put<std::uint64_t>(memory_, RTMS_RING_CAPACITY_OFFSET, capacity_);
}

Ring::~Ring() { ::munmap(memory_, bytes_); }

std::byte *Ring::data() const { return memory_ + RTMS_RING_DATA_OFFSET; }

std::byte *Ring::reserve(std::size_t length) {
    const auto tail = shared<std::uint64_t>(memory_, RTMS_RING_TAIL_OFFSET).load(std::memory_order_seq_cst);
    const std::size_t index = head_ & (capacity_ - 1);
    const std::size_t contiguous = capacity_ - index;
    const std::size_t padding = contiguous < length ? contiguous : 0;
    if (padding + length > capacity_ - (head_ - tail)) {
        return nullptr;
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
    shared<std::uint64_t>(memory_, RTMS_RING_HEAD_OFFSET).store(head_, std::memory_order_seq_cst);
    auto sleeping = shared<std::uint32_t>(memory_, RTMS_RING_READER_SLEEPING_OFFSET);
    return sleeping.load(std::memory_order_seq_cst) != 0 && sleeping.exchange(0, std::memory_order_seq_cst) != 0;
}

void Ring::announceWaiting() {
    shared<std::uint32_t>(memory_, RTMS_RING_WRITER_WAITING_OFFSET).store(1, std::memory_order_seq_cst);
}

void Ring::withdrawWaiting() {
    shared<std::uint32_t>(memory_, RTMS_RING_WRITER_WAITING_OFFSET).store(0, std::memory_order_seq_cst);
}

} // namespace rtms
