#ifndef RTMS_LOAD_LATENCIES_H
#define RTMS_LOAD_LATENCIES_H

#include <array>
#include <cstdint>
#include <string>

namespace rtms::load {

/// Counts times in buckets that are at most 1/32 of their value wide; from a nanosecond to hours.
///
/// Threads: one.
class Latencies {
  public:
    /// Nanoseconds; what is below 0 counts as 0.
    void add(std::int64_t nanos);

    std::uint64_t count() const { return count_; }
    /// Microseconds that a share of all times, 0 to 1, does not exceed; 0 where there are none.
    double percentile(double share) const;

    /// {"count":n,"p50":us,"p99":us,"p999":us,"max":us}
    std::string json() const;

  private:
    static constexpr unsigned subBits = 5;
    static std::size_t bucketOf(std::uint64_t nanos);
    static std::uint64_t mostOf(std::size_t bucket);

    std::array<std::uint64_t, (64 - subBits + 1) << subBits> buckets_{};
    std::uint64_t count_ = 0;
    std::uint64_t most_ = 0;
};

} // namespace rtms::load

#endif
