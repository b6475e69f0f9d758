#ifndef RTMS_LOOP_MEMORY_H
#define RTMS_LOOP_MEMORY_H

#include <cstddef>
#include <utility>

namespace rtms {

/// A mapping of zeroed memory, page-aligned: this process's own, or one that another process maps too.
///
/// Threads: one at a time; the bytes are whoever's who maps them.
class Memory {
  public:
    /// This process's own. Throws std::bad_alloc.
    static Memory own(std::size_t bytes);
    /// With a descriptor to be given to another process, which cannot change its size. Throws std::system_error.
    static Memory shareable(const char *name, std::size_t bytes);
    /// What another process has shared; the descriptor stays the caller's. Throws std::system_error.
    static Memory of(int descriptor);

    Memory(Memory &&other) noexcept
        : place_(std::exchange(other.place_, nullptr)), bytes_(other.bytes_),
          descriptor_(std::exchange(other.descriptor_, -1)) {}
    Memory &operator=(Memory &&) = delete;
    ~Memory();

    std::byte *place() const { return place_; }
    std::size_t bytes() const { return bytes_; }
    /// -1 for memory that is not shareable.
    int descriptor() const { return descriptor_; }

  private:
    Memory(std::byte *place, std::size_t bytes, int descriptor)
        : place_(place), bytes_(bytes), descriptor_(descriptor) {}

    std::byte *place_;
    std::size_t bytes_;
    int descriptor_;
};

} // namespace rtms

#endif
