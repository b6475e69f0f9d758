#include "allocations.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::uint64_t> counted{0};
thread_local bool ignored = false;

void *allocate(std::size_t bytes) {
    if (!ignored) {
        counted.fetch_add(1, std::memory_order_relaxed);
    }
    if (void *place = std::malloc(bytes == 0 ? 1 : bytes)) {
        return place;
    }
    throw std::bad_alloc();
}

} // namespace

namespace rtms::bench {

std::uint64_t allocations() { return counted.load(std::memory_order_relaxed); }

void ignoreThisThread() { ignored = true; }

} // namespace rtms::bench

void *operator new(std::size_t bytes) { return allocate(bytes); }
void *operator new[](std::size_t bytes) { return allocate(bytes); }
void operator delete(void *place) noexcept { std::free(place); }
void operator delete[](void *place) noexcept { std::free(place); }
void operator delete(void *place, std::size_t) noexcept { std::free(place); }
void operator delete[](void *place, std::size_t) noexcept { std::free(place); }
