#include "latencies.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <sstream>

namespace rtms::load {

std::size_t Latencies::bucketOf(std::uint64_t nanos) {
    const auto width = static_cast<unsigned>(std::bit_width(nanos));
    if (width <= subBits + 1) {
        return static_cast<std::size_t>(nanos);
    }
    const unsigned shift = width - subBits - 1;
    return (static_cast<std::size_t>(shift) << subBits) + static_cast<std::size_t>(nanos >> shift);
}

std::uint64_t Latencies::mostOf(std::size_t bucket) {
    if (bucket < (std::size_t{2} << subBits)) {
        return bucket;
    }
    const auto shift = static_cast<unsigned>((bucket >> subBits) - 1);
    const std::uint64_t mantissa = bucket - (static_cast<std::size_t>(shift) << subBits);
    return ((mantissa + 1) << shift) - 1;
}

void Latencies::add(std::int64_t nanos) {
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(nanos, 0));
    ++buckets_[bucketOf(value)];
    ++count_;
    most_ = std::max(most_, value);
}

double Latencies::percentile(double share) const {
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
        seen += buckets_[bucket];
        if (seen != 0 && seen >= wanted) {
            return static_cast<double>(std::min(mostOf(bucket), most_)) / 1000;
        }
    }
    return 0;
}

std::string Latencies::json() const {
    std::ostringstream text;
    text << std::fixed;
    text.precision(1);
    text << "{\"count\":" << count_ << ",\"p50\":" << percentile(0.5) << ",\"p99\":" << percentile(0.99)
         << ",\"p999\":" << percentile(0.999) << ",\"max\":" << static_cast<double>(most_) / 1000 << '}';
    return text.str();
}

} // namespace rtms::load
