#include "loop/stream_host.h"

#include <atomic>

#include "loop/local_loop.h"

namespace rtms {

namespace {

std::atomic<StreamHost::Level> mostLevel{StreamHost::Level::info};

} // namespace

void StreamHost::write(Record record) {
    record.stream = handle();
    if (record.arrival == 0) {
        record.arrival = monotonicNanos();
    }
    loop_.outbox().write(record);
}

std::uint8_t *StreamHost::begin(Record record, std::size_t payloadBytes) {
    record.stream = handle();
    return loop_.outbox().begin(record, payloadBytes);
}

void StreamHost::commit() { loop_.outbox().commit(); }

void StreamHost::discard() { loop_.outbox().discard(); }

void StreamHost::setLogLevel(Level most) { mostLevel.store(most, std::memory_order_relaxed); }

StreamHost::Level StreamHost::logLevel() { return mostLevel.load(std::memory_order_relaxed); }

bool StreamHost::logs(Level level) { return level <= logLevel(); }

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

void StreamHost::signalingReady() { state_->setPhase(StreamState::Phase::signaling); }

void StreamHost::joined(std::int32_t mediaTypes) {
    state_->setPhase(StreamState::Phase::joined); // first: who reads the record may act on it at once
    Record record;
    record.kind = RTMS_KIND_JOINED;
    record.code = mediaTypes;
    write(record);
}

void StreamHost::disconnected(std::int32_t code, std::int32_t detail, std::string_view reason) {
    state_->setPhase(StreamState::Phase::ended); // first, as above
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
