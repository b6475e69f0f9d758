#include "fuzz/ring_watch.h"

#include <atomic>
#include <cstring>

#include <simdjson.h>

#include "fuzz/require.h"
#include "rtms.h"

namespace rtms::fuzz {

namespace {

template <class Number> std::atomic_ref<Number> shared(std::byte *memory, std::size_t offset) {
    return std::atomic_ref<Number>(*reinterpret_cast<Number *>(memory + offset));
}

bool isUtf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

bool isObject(std::string_view text) {
    static simdjson::dom::parser parser;
    simdjson::dom::element root;
    return parser.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS && root.is_object();
}

bool isMedia(std::uint16_t kind) { return kind >= RTMS_KIND_AUDIO && kind <= RTMS_KIND_METADATA; }

bool isFrame(std::uint16_t kind) { return kind >= RTMS_KIND_AUDIO && kind <= RTMS_KIND_DESKSHARE; }

} // namespace

RingWatch::RingWatch(const Memory &ring, std::int64_t stream)
    : memory_(ring.place()), capacity_(ring.bytes() - RTMS_RING_DATA_OFFSET), stream_(stream) {}

bool RingWatch::read() {
    const auto head = shared<std::uint64_t>(memory_, RTMS_RING_HEAD_OFFSET).load();
    while (tail_ != head) {
        const std::uint64_t index = tail_ & (capacity_ - 1);
        const std::byte *record = memory_ + RTMS_RING_DATA_OFFSET + index;
        RecordHeader header{};
        std::memcpy(&header, record, 8); // padding may have no more
        require(header.length >= 8 && header.length % 8 == 0, "a length is a multiple of eight");
        require(index + header.length <= capacity_ && header.length <= head - tail_, "a record is whole");
        if (header.kind != RTMS_KIND_PADDING) {
            require(header.length >= sizeof header, "a record has its header");
            std::memcpy(&header, record, sizeof header);
            check(header, reinterpret_cast<const char *>(record + sizeof header));
        }
        tail_ += header.length;
    }
    shared<std::uint64_t>(memory_, RTMS_RING_TAIL_OFFSET).store(tail_);
    return shared<std::uint32_t>(memory_, RTMS_RING_WRITER_WAITING_OFFSET).exchange(0) == 1;
}

void RingWatch::check(const RecordHeader &header, const char *rest) {
    const std::uint64_t used =
        sizeof header + std::uint64_t{header.nameLength} + header.payloadLength + std::uint64_t{header.extraLength};
    require((used + 7) / 8 * 8 == header.length, "the parts of a record fill it");
    const std::string_view name(rest, header.nameLength);
    const std::string_view payload(name.data() + name.size(), header.payloadLength);
    const std::string_view extra(payload.data() + payload.size(), header.extraLength);
    require(unfinished_ == 0 || unfinished_ == header.kind, "the parts of a payload follow each other");
    unfinished_ = (header.flags & RTMS_FLAG_MORE) != 0 ? header.kind : std::uint16_t{0};
    payload_.append(payload);
    checkLife(header);
    checkTexts(header, name, extra);
    if (unfinished_ == 0) {
        payload_.clear();
    }
}

void RingWatch::checkLife(const RecordHeader &header) {
    if (header.kind == RTMS_KIND_LOOP_STOPPED) {
        require(header.stream == 0 && !stopped_, "a loop stops once");
        stopped_ = true;
        return;
    }
    require(!stopped_, "nothing comes after a loop's end");
    require(header.stream == stream_, "a record names its stream");
    require(header.kind != RTMS_KIND_LOG || header.code != 1, "nothing is thrown through the loop");
    require(attempts_ > ended_, "records come while an attempt runs");
    if (header.kind == RTMS_KIND_JOINED) {
        require(header.code > 0 && header.code <= 32, "JOINED names media");
        hasJoined_ = true;
    } else if (isMedia(header.kind)) {
        require(hasJoined_, "no media come before JOINED");
    } else if (header.kind == RTMS_KIND_DISCONNECTED) {
        ++ended_;
        hasJoined_ = false;
    }
}

void RingWatch::checkTexts(const RecordHeader &header, std::string_view name, std::string_view extra) {
    require(name.size() <= maximalName && isUtf8(name), "a name is text");
    require(extra.size() <= maximalExtra && (extra.empty() || isObject(extra)), "extra is a JSON object");
    if (unfinished_ != 0 || isFrame(header.kind)) {
        return;
    }
    require(isUtf8(payload_), "a payload is text");
    const bool isJson = header.kind == RTMS_KIND_EVENT || header.kind == RTMS_KIND_METADATA ||
                        (header.kind == RTMS_KIND_MEDIA_READY && !payload_.empty());
    require(!isJson || isObject(payload_), "a payload is a JSON object");
}

} // namespace rtms::fuzz
