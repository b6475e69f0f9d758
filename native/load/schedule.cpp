#include "schedule.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace rtms::load {

/// Multiples of the golden ratio, modulo 1, spread evenly however many there are.
std::int64_t Schedule::phase(std::size_t number) const {
    constexpr double golden = 0.618'033'988'749'895;
    double whole = 0;
    return static_cast<std::int64_t>(std::modf(golden * static_cast<double>(number), &whole) *
                                     static_cast<double>(interval_));
}

void Schedule::add(std::shared_ptr<Session> session, int index, std::int64_t now) {
    if (interval_ == 0) {
        return;
    }
    Source source{std::move(session), index, now + phase(added_++), 0};
    const auto place = std::upper_bound(sources_.begin(), sources_.end(), source,
                                        [](const Source &one, const Source &other) { return one.due < other.due; });
    sources_.insert(place, std::move(source));
}

void Schedule::restart(std::int64_t now) {
    std::deque<Source> sources;
    sources.swap(sources_);
    added_ = 0;
    for (Source &source : sources) {
        add(std::move(source.session), source.index, now);
    }
}

std::int64_t Schedule::next() const {
    return sources_.empty() ? std::numeric_limits<std::int64_t>::max() : sources_.front().due;
}

void Schedule::forget() {
    sent_ = 0;
    skipped_ = 0;
    lateness_ = Latencies();
}

} // namespace rtms::load
