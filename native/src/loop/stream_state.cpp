#include "loop/stream_state.h"

#include <atomic>

#include "rtms.h"

namespace rtms {

namespace {

/// Zoom has some thirty; all of them go into one message.
constexpr std::size_t maximalEvents = 256;

constexpr std::uint64_t phaseBits = 8;
static_assert(std::atomic_ref<std::uint64_t>::is_always_lock_free, "two processes cannot share a lock's table");

std::atomic_ref<std::uint64_t> shared(std::uint64_t &word) { return std::atomic_ref<std::uint64_t>(word); }

} // namespace

std::uint64_t PhaseWord::with(Phase phase) const {
    return static_cast<std::uint64_t>(stream_) << phaseBits | static_cast<std::uint64_t>(phase);
}

void PhaseWord::take() { shared(word_).store(with(Phase::idle)); }

PhaseWord::Phase PhaseWord::load() const {
    const std::uint64_t word = shared(word_).load();
    const bool isOurs = word >> phaseBits == static_cast<std::uint64_t>(stream_);
    return isOurs ? static_cast<Phase>(word & ((1U << phaseBits) - 1)) : Phase::idle;
}

void PhaseWord::store(Phase phase) {
    std::uint64_t word = shared(word_).load();
    while (word >> phaseBits == static_cast<std::uint64_t>(stream_) &&
           !shared(word_).compare_exchange_weak(word, with(phase))) {
    }
}

bool PhaseWord::exchange(Phase expected, Phase phase) {
    std::uint64_t word = with(expected);
    return shared(word_).compare_exchange_strong(word, with(phase));
}

std::int32_t StreamState::setString(std::int32_t option, const std::string &value) {
    const std::scoped_lock lock(mutex_);
    return options_.setString(option, value);
}

std::int32_t StreamState::setInt(std::int32_t option, std::int64_t value) {
    const std::scoped_lock lock(mutex_);
    return options_.setInt(option, value);
}

std::int32_t StreamState::subscribe(std::int32_t eventType, bool on) {
    const std::scoped_lock lock(mutex_);
    std::set<std::int32_t> &events = options_.events;
    if (!on) {
        events.erase(eventType);
    } else if (events.size() < maximalEvents || events.contains(eventType)) {
        events.insert(eventType);
    } else {
        return RTMS_E_STATE;
    }
    return RTMS_OK;
}

StreamOptions StreamState::options() const {
    const std::scoped_lock lock(mutex_);
    return options_;
}

std::set<std::int32_t> StreamState::events() const {
    const std::scoped_lock lock(mutex_);
    return options_.events;
}

bool StreamState::claim() {
    // The third time: the loop's thread may have made idle of ended just between the first two.
    return phase_.exchange(Phase::idle, Phase::joining) || phase_.exchange(Phase::ended, Phase::joining) ||
           phase_.exchange(Phase::idle, Phase::joining);
}

bool StreamState::running() const {
    const Phase phase = phase_.load();
    return phase != Phase::idle && phase != Phase::ended;
}

bool StreamState::hasSignaling() const {
    const Phase phase = phase_.load();
    return phase == Phase::signaling || phase == Phase::joined;
}

} // namespace rtms
