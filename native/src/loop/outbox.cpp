#include "loop/outbox.h"

#include <cstddef>
#include <cstring>
#include <utility>

namespace rtms {

namespace {

std::string_view cutName(std::string_view name) {
    if (name.size() <= maximalName) {
        return name;
    }
    std::size_t end = maximalName;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) {
        --end; // not inside a character of several bytes
    }
    return name.substr(0, end);
}

std::string_view boundExtra(std::string_view extra) {
    return extra.size() <= maximalExtra ? extra : std::string_view();
}

std::size_t lengthOf(const Record &record, std::size_t payloadBytes) {
    const std::size_t bytes =
        sizeof(RecordHeader) + cutName(record.name).size() + payloadBytes + boundExtra(record.extra).size();
    return (bytes + 7) & ~std::size_t{7};
}

std::byte *append(std::byte *place, std::string_view bytes) {
    if (!bytes.empty()) {
        std::memcpy(place, bytes.data(), bytes.size());
    }
    return place + bytes.size();
}

/// Writes all of a record but its payload and returns the payload's place.
std::byte *layOut(std::byte *place, const Record &record, std::size_t payloadBytes, std::uint16_t flags) {
    const std::string_view name = cutName(record.name);
    const std::string_view extra = boundExtra(record.extra);
    const std::size_t length = lengthOf(record, payloadBytes);
    const RecordHeader header{
        .length = static_cast<std::uint32_t>(length),
        .kind = record.kind,
        .flags = flags,
        .stream = record.stream,
        .userId = record.userId,
        .timestamp = record.timestamp,
        .start = record.start,
        .end = record.end,
        .arrival = record.arrival,
        .code = record.code,
        .detail = record.detail,
        .nameLength = static_cast<std::uint32_t>(name.size()),
        .payloadLength = static_cast<std::uint32_t>(payloadBytes),
        .extraLength = static_cast<std::uint32_t>(extra.size()),
        .reserved = 0,
    };
    std::memcpy(place, &header, sizeof header);
    std::byte *payload = append(place + sizeof header, name);
    std::byte *end = append(payload + payloadBytes, extra);
    std::memset(end, 0, static_cast<std::size_t>(place + length - end));
    return payload;
}

std::vector<char> copy(std::string_view text) { return {text.begin(), text.end()}; }

std::string_view view(const std::vector<char> &text) { return {text.data(), text.size()}; }

} // namespace

void Outbox::write(const Record &record) {
    Record part = record;
    std::string_view rest = record.payload;
    while (rest.size() > partBytes()) {
        part.payload = rest.substr(0, partBytes());
        writePart(part, RTMS_FLAG_MORE);
        rest.remove_prefix(partBytes());
    }
    part.payload = rest;
    writePart(part, 0);
}

void Outbox::writePart(const Record &record, std::uint16_t flags) {
    std::byte *place = reserve(lengthOf(record, record.payload.size()));
    append(layOut(place, record, record.payload.size(), flags), record.payload);
    publish();
}

std::uint8_t *Outbox::begin(const Record &record, std::size_t payloadBytes) {
    if (payloadBytes > partBytes()) {
        // A payload that must be cut is made whole first: a broken one must not leave its beginning in the ring.
        place_ = Place::scratch;
        scratch_.resize(payloadBytes);
        cut_ = record;
        cutName_ = copy(record.name);
        cutExtra_ = copy(record.extra);
        return reinterpret_cast<std::uint8_t *>(scratch_.data());
    }
    std::byte *place = reserve(lengthOf(record, payloadBytes));
    return reinterpret_cast<std::uint8_t *>(layOut(place, record, payloadBytes, 0));
}

void Outbox::commit() {
    if (place_ != Place::scratch) {
        publish();
        return;
    }
    place_ = Place::none;
    cut_.name = view(cutName_);
    cut_.extra = view(cutExtra_);
    cut_.payload = view(scratch_);
    write(cut_);
    scratch_ = {}; // rare and large: not kept
}

void Outbox::discard() {
    place_ = Place::none;
    queued_ = {};
    scratch_ = {};
}

std::byte *Outbox::reserve(std::size_t length) {
    if (waiting_.empty()) {
        std::byte *place = ring_.reserve(length);
        if (place == nullptr) {
            ring_.announceWaiting();
            place = ring_.reserve(length);
            if (place != nullptr) {
                ring_.withdrawWaiting();
            }
        }
        if (place != nullptr) {
            place_ = Place::ring;
            reserved_ = place;
            return place;
        }
    }
    place_ = Place::queue;
    queued_.resize(length);
    return queued_.data();
}

void Outbox::publish() {
    if (std::exchange(place_, Place::none) == Place::ring) {
        commitToRing(reserved_);
        return;
    }
    waitingBytes_ += queued_.size();
    waiting_.push_back(std::exchange(queued_, {}));
    if (waiting_.size() == 1) {
        onWaiting_();
    }
}

void Outbox::commitToRing(const std::byte *record) {
    RecordHeader header; // kind, flags and stream, before the record's room may be given back
    std::memcpy(&header, record, offsetof(RecordHeader, userId));
    if (ring_.commit()) {
        onAsleep_();
    }
    if (header.kind == RTMS_KIND_DISCONNECTED && (header.flags & RTMS_FLAG_MORE) == 0) {
        onEnd_(header.stream);
    }
}

bool Outbox::drain() {
    bool announced = false;
    while (!waiting_.empty()) {
        const std::vector<std::byte> &record = waiting_.front();
        std::byte *place = ring_.reserve(record.size());
        if (place == nullptr && !announced) {
            announced = true;
            ring_.announceWaiting();
            continue;
        }
        if (place == nullptr) {
            return false;
        }
        std::memcpy(place, record.data(), record.size());
        commitToRing(place);
        waitingBytes_ -= record.size();
        waiting_.pop_front();
    }
    if (announced) {
        ring_.withdrawWaiting();
    }
    return true;
}

} // namespace rtms
