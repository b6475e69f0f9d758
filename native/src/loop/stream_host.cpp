#include "loop/stream_host.h"

#include <atomic>

#include "loop/loop.h"

namespace rtms {

namespace {

/// Zoom has some thirty; all of them go into one message.
constexpr std::size_t maximalEvents = 256;

std::atomic<StreamHost::Level> mostLevel{StreamHost::Level::info};

} // namespace

std::int32_t StreamHost::setString(std::int32_t option, const std::string &value) {
    const std::int32_t usable = loop_.engine().checkString(option, value);
    if (usable != RTMS_OK) {
        return usable;
    }
    const std::scoped_lock lock(mutex_);
    return options_.setString(option, value);
}

std::int32_t StreamHost::setInt(std::int32_t option, std::int64_t value) {
    const std::scoped_lock lock(mutex_);
    return options_.setInt(option, value);
}

std::int32_t StreamHost::subscribe(std::int32_t eventType, bool on) {
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

StreamOptions StreamHost::options() const {
    const std::scoped_lock lock(mutex_);
    return options_;
}

std::set<std::int32_t> StreamHost::events() const {
    const std::scoped_lock lock(mutex_);
    return options_.events;
}

bool StreamHost::claim() {
    const std::scoped_lock lock(mutex_);
    if (phase_ != Phase::idle) {
        return false;
    }
    phase_ = Phase::joining;
    return true;
}

void StreamHost::release() { setPhase(Phase::idle); }

bool StreamHost::running() const {
    const std::scoped_lock lock(mutex_);
    return phase_ != Phase::idle;
}

bool StreamHost::hasSignaling() const {
    const std::scoped_lock lock(mutex_);
    return phase_ == Phase::signaling || phase_ == Phase::joined;
}

bool StreamHost::isJoined() const {
    const std::scoped_lock lock(mutex_);
    return phase_ == Phase::joined;
}

void StreamHost::setPhase(Phase phase) {
    const std::scoped_lock lock(mutex_);
    phase_ = phase;
}

void StreamHost::write(Record record) {
    record.stream = handle_;
    if (record.arrival == 0) {
        record.arrival = monotonicNanos();
    }
    loop_.outbox().write(record);
}

std::uint8_t *StreamHost::begin(Record record, std::size_t payloadBytes) {
    record.stream = handle_;
    return loop_.outbox().begin(record, payloadBytes);
}

void StreamHost::commit() { loop_.outbox().commit(); }

void StreamHost::discard() { loop_.outbox().discard(); }

void StreamHost::setLogLevel(Level most) { mostLevel.store(most, std::memory_order_relaxed); }

bool StreamHost::logs(Level level) { return level <= mostLevel.load(std::memory_order_relaxed); }

void StreamHost::log(Level level, std::string_view text) {
    if (!logs(level)) {
        return;
    }
    Record record;
    record.kind = RTMS_KIND_LOG;
    record.code = static_cast<std::int32_t>(level);
    record.payload = text;
    write(record);
}

void StreamHost::signalingReady() { setPhase(Phase::signaling); }

void StreamHost::joined(std::int32_t mediaTypes) {
    setPhase(Phase::joined); // first: who reads the record may act on it at once
    Record record;
    record.kind = RTMS_KIND_JOINED;
    record.code = mediaTypes;
    write(record);
}

void StreamHost::disconnected(std::int32_t code, std::int32_t detail, std::string_view reason) {
    setPhase(Phase::idle); // first, as above
    Record record;
    record.kind = RTMS_KIND_DISCONNECTED;
    record.code = code;
    record.detail = detail;
    record.payload = reason;
    write(record);
    loop_.attemptEnded();
}

bool StreamHost::mediaMayFlow() const { return !loop_.outbox().waiting(); }

bool StreamHost::signalingMayFlow() const { return loop_.outbox().waitingBytes() <= Outbox::signalingBound; }

} // namespace rtms
