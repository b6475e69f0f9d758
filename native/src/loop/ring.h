#ifndef RTMS_LOOP_RING_H
#define RTMS_LOOP_RING_H

#include <cstddef>
#include <cstdint>

#include "loop/memory.h"
#include "rtms.h"

namespace rtms {

/// The writer's side of the ring that rtms.h draws: memory, positions, padding, and the two hand-shakes with the
/// reader.
///
/// Threads: all functions belong to the loop's thread; the reader works on the same memory through the layout alone.
class Ring {
  public:
    /// How much memory a ring of this capacity takes: header and data area.
    static constexpr std::size_t bytesFor(std::size_t capacity) { return RTMS_RING_DATA_OFFSET + capacity; }
    /// Makes an empty ring of such memory. For whoever owns it, while it has neither a writer nor a reader at work.
    static void format(const Memory &memory);

    /// capacity: bytes of the data area, a power of two. Throws std::bad_alloc where the memory cannot be had.
    explicit Ring(std::size_t capacity);
    /// A formatted ring, as whose only writer this goes on. Throws std::invalid_argument where it is none.
    explicit Ring(Memory memory);
    Ring(Ring &&) = default;

    const Memory &memory() const { return memory_; }
    std::size_t capacity() const { return capacity_; }

    /// Room for a record of this length (a multiple of 8, at most half the capacity), or nullptr where the ring is
    /// full. Nothing is visible to the reader before commit(); a second reserve() without it gives the first one up.
    std::byte *reserve(std::size_t length);

    /// Makes the reserved record visible. True where the reader sleeps and is to be woken.
    bool commit();

    /// Tells the reader that the writer waits for space. Look for space once more afterwards: the reader may just have
    /// made some.
    void announceWaiting();
    /// Takes the announcement back.
    void withdrawWaiting();

  private:
    std::byte *data() const;

    Memory memory_;
    std::size_t capacity_;
    std::uint64_t head_ = 0;     // what the reader sees
    std::uint64_t tail_ = 0;     // what the reader had freed when there was not enough room last
    std::uint64_t reserved_ = 0; // head after the record under construction
};

} // namespace rtms

#endif
