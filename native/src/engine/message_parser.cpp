#include "engine/message_parser.h"

#include <charconv>
#include <cmath>
#include <limits>

#include <boost/json/serialize.hpp>

#include "loop/record.h"
#include "rtms.h"

namespace rtms {

namespace {

namespace dom = simdjson::dom;

constexpr std::size_t initialCapacity = 16384;

bool isMissing(dom::element element) { return element.is_null(); }

/// An integer of 64 bits, written as a number or as a string; nothing where it is neither.
std::optional<std::int64_t> integerOf(dom::element element) {
    switch (element.type()) {
    case dom::element_type::INT64:
        return element.get_int64().value_unsafe();
    case dom::element_type::DOUBLE: {
        const double value = element.get_double().value_unsafe();
        constexpr double bound = 9007199254740992.0; // 2^53: exact below
        return std::abs(value) <= bound ? std::optional(static_cast<std::int64_t>(value)) : std::nullopt;
    }
    case dom::element_type::STRING: {
        const std::string_view text = element.get_string().value_unsafe();
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole = error == std::errc() && end == text.data() + text.size();
        return whole ? std::optional(value) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

std::int64_t integerOr(dom::element element, std::int64_t otherwise) { return integerOf(element).value_or(otherwise); }

/// As integerOr(), for numbers of 32 bits; what does not fit is `otherwise`.
std::int32_t smallOr(dom::element element, std::int32_t otherwise) {
    const std::int64_t value = integerOr(element, otherwise);
    const bool fits =
        value >= std::numeric_limits<std::int32_t>::min() && value <= std::numeric_limits<std::int32_t>::max();
    return fits ? static_cast<std::int32_t>(value) : otherwise;
}

/// A string; empty where the element is none.
std::string_view textOf(dom::element element) {
    return element.is_string() ? element.get_string().value_unsafe() : std::string_view();
}

dom::object objectOf(dom::element element, const char *complaint) {
    if (!element.is_object()) {
        throw MalformedMessage(complaint);
    }
    return element.get_object().value_unsafe();
}

std::int64_t required(dom::object object, std::string_view key, const char *complaint) {
    dom::element element;
    if (object[key].get(element) == simdjson::SUCCESS) {
        if (const auto value = integerOf(element)) {
            return *value;
        }
    }
    throw MalformedMessage(complaint);
}

struct MediaKind {
    std::uint16_t kind;
    std::int32_t mediaType;
};

std::optional<MediaKind> mediaKindOf(std::int64_t number) {
    switch (number) {
    case 14:
        return MediaKind{RTMS_KIND_AUDIO, media_type::audio};
    case 15:
        return MediaKind{RTMS_KIND_VIDEO, media_type::video};
    case 16:
        return MediaKind{RTMS_KIND_DESKSHARE, media_type::deskshare};
    case 17:
        return MediaKind{RTMS_KIND_TRANSCRIPT, media_type::transcript};
    case 18:
        return MediaKind{RTMS_KIND_CHAT, media_type::chat};
    default:
        return std::nullopt;
    }
}

message::StateUpdate stateUpdate(dom::object object, bool isSession) {
    message::StateUpdate update;
    update.isSession = isSession;
    for (const auto &[key, value] : object) {
        if (key == "state") {
            update.state = smallOr(value, 0);
        } else if (key == "reason" || key == "stop_reason") {
            update.reason = smallOr(value, update.reason);
        } else if (key == "timestamp") {
            update.timestamp = integerOr(value, 0);
        } else if (key == "rtms_session_id") {
            update.sessionId = textOf(value);
        }
    }
    return update;
}

message::KeepAlive keepAlive(dom::object object) {
    message::KeepAlive request;
    dom::element timestamp;
    if (object["timestamp"].get(timestamp) == simdjson::SUCCESS) {
        request.timestamp = integerOf(timestamp);
    }
    return request;
}

/// Deskshare images may be data URLs: "data:image/png;base64,....".
std::string_view withoutDataUrlPrefix(std::string_view data) {
    const std::size_t comma = data.starts_with("data:") ? data.find(',') : std::string_view::npos;
    return comma == std::string_view::npos ? data : data.substr(comma + 1);
}

} // namespace

bool message::Media::isText() const { return kind == RTMS_KIND_TRANSCRIPT || kind == RTMS_KIND_CHAT; }

MessageParser::MessageParser() {
    if (parser_.allocate(initialCapacity, maximalDepth) != simdjson::SUCCESS) {
        throw std::bad_alloc();
    }
}

dom::element MessageParser::load(std::string_view text) {
    dom::element root;
    const auto error = parser_.parse(text.data(), text.size(), false).get(root);
    if (error == simdjson::MEMALLOC) {
        throw std::bad_alloc();
    }
    if (error != simdjson::SUCCESS) {
        throw MalformedMessage(std::string("message is not valid JSON: ") + simdjson::error_message(error));
    }
    return root;
}

Message MessageParser::parse(std::string_view text, std::int32_t wantedMedia) {
    const dom::object object = objectOf(load(text), "message is not a JSON object");
    const std::int64_t number = required(object, "msg_type", "message has no msg_type");
    if (const auto kind = mediaKindOf(number)) {
        if ((kind->mediaType & wantedMedia) == 0) {
            return message::Other{number};
        }
        return media(object, kind->kind);
    }
    switch (number) {
    case 2:
        return signalingAnswer(object);
    case 4:
        return mediaAnswer(object);
    case 6:
        return event(object);
    case 8:
        return stateUpdate(object, false);
    case 9:
        return stateUpdate(object, true);
    case 12:
        return keepAlive(object);
    case 22:
        return message::CloseAnswer{required(object, "status_code", "message 22 has no status_code")};
    default:
        return message::Other{number};
    }
}

message::SignalingAnswer MessageParser::signalingAnswer(dom::object object) {
    message::SignalingAnswer answer;
    answer.status = required(object, "status_code", "message 2 has no status_code");
    dom::element element;
    if (object["reason"].get(element) == simdjson::SUCCESS) {
        answer.reason = textOf(element);
    }
    if (object["media_server"].get(element) != simdjson::SUCCESS || isMissing(element)) {
        return answer;
    }
    const dom::object mediaServer = objectOf(element, "media_server is not an object");
    if (mediaServer["server_urls"].get(element) != simdjson::SUCCESS || isMissing(element)) {
        return answer;
    }
    if (element.is_string()) {
        answer.servers.emplace_back("all", textOf(element));
        return answer;
    }
    for (const auto &[key, value] : objectOf(element, "server_urls is neither an object nor a string")) {
        answer.servers.emplace_back(key, textOf(value));
    }
    return answer;
}

message::MediaAnswer MessageParser::mediaAnswer(dom::object object) {
    message::MediaAnswer answer;
    answer.status = required(object, "status_code", "message 4 has no status_code");
    for (const auto &[key, value] : object) {
        if (key == "reason") {
            answer.reason = textOf(value);
        } else if (key == "payload_encrypted" || key == "payload_encryption") {
            answer.encrypted = value.is_bool() && value.get_bool().value_unsafe();
        } else if (key == "media_params" && value.is_object()) {
            json_ = simdjson::minify(value);
            answer.mediaParams = json_;
        }
    }
    return answer;
}

message::Event MessageParser::event(dom::object object) {
    dom::element element;
    if (object["event"].get(element) != simdjson::SUCCESS) {
        throw MalformedMessage("message 6 has no event");
    }
    const dom::object fields = objectOf(element, "event is not an object");
    message::Event event;
    const std::int64_t type = required(fields, "event_type", "event has no event_type");
    if (type < 0 || type > std::numeric_limits<std::int32_t>::max()) {
        throw MalformedMessage("event_type is out of range");
    }
    event.type = static_cast<std::int32_t>(type);
    for (const auto &[key, value] : fields) {
        if (key == "timestamp" || key == "event_ts") {
            event.timestamp = integerOr(value, event.timestamp);
        } else if (key == "user_id") {
            event.userId = integerOr(value, 0);
        } else if (key == "user_name") {
            event.name = textOf(value);
        }
    }
    json_ = simdjson::minify(element);
    event.json = json_;
    return event;
}

message::Media MessageParser::media(dom::object object, std::uint16_t kind) {
    dom::element content;
    if (object["content"].get(content) != simdjson::SUCCESS) {
        throw MalformedMessage("media message has no content");
    }
    message::Media frame;
    if (content.is_string()) { // an old form: the data itself, its fields beside it
        frame = mediaFields(object, kind);
        frame.data = textOf(content);
        frame.extra = {};
    } else {
        frame = mediaFields(objectOf(content, "content is neither an object nor a string"), kind);
    }
    if (kind == RTMS_KIND_DESKSHARE) {
        frame.data = withoutDataUrlPrefix(frame.data);
    }
    return frame;
}

message::Media MessageParser::mediaFields(dom::object object, std::uint16_t kind) {
    message::Media frame;
    frame.kind = kind;
    frame.language = kind == RTMS_KIND_TRANSCRIPT ? -1 : 0;
    json_.clear();
    for (const auto &[key, value] : object) {
        if (key == "data") {
            if (!value.is_string() && !isMissing(value)) {
                throw MalformedMessage("data is not a string");
            }
            frame.data = textOf(value);
        } else if (key == "user_id") {
            frame.userId = integerOr(value, 0);
        } else if (key == "user_name") {
            frame.name = textOf(value);
        } else if (key == "timestamp") {
            frame.timestamp = integerOr(value, 0);
        } else if (key == "start_time") {
            frame.start = integerOr(value, 0);
        } else if (key == "end_time") {
            frame.end = integerOr(value, 0);
        } else if (key == "language") {
            frame.language = smallOr(value, frame.language);
        } else if (key == "attribute") {
            frame.attribute = smallOr(value, 0);
        } else if (key != "length") { // known from the payload
            appendExtra(key, value);
        }
    }
    if (!json_.empty()) {
        json_ += '}';
        frame.extra = json_;
    }
    return frame;
}

void MessageParser::appendExtra(std::string_view key, dom::element value) {
    std::string field = boost::json::serialize(boost::json::string_view(key.data(), key.size()));
    field += ':';
    field += simdjson::minify(value);
    if (json_.size() + field.size() + 2 > maximalExtra) {
        return;
    }
    json_ += json_.empty() ? '{' : ',';
    json_ += field;
}

} // namespace rtms
