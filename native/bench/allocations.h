#ifndef RTMS_BENCH_ALLOCATIONS_H
#define RTMS_BENCH_ALLOCATIONS_H

#include <cstdint>

namespace rtms::bench {

/// Calls of operator new on all threads but those that have called ignoreThisThread().
std::uint64_t allocations();

void ignoreThisThread();

} // namespace rtms::bench

#endif
