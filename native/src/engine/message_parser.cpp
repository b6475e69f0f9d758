#include "engine/message_parser.h"

#include <algorithm>
#include <limits>

#include <boost/json/serialize.hpp>

#include "loop/record.h"
#include "rtms.h"

namespace rtms {

namespace {

namespace dom = simdjson::dom;
using namespace json_fields;

constexpr std::size_t initialCapacity = 16384;

/// Means the same in JSON as in itself.
bool isPlain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char character) {
        return character >= ' ' && character <= '~' && character != '"' && character != '\\';
    });
}

bool isMissing(dom::element element) { return element.is_null(); }

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

/// The medium that a message of metadata belongs to; 0 for any other message.
std::int32_t metadataMediumOf(std::int64_t number) {
    constexpr std::int64_t first = 23;
    const bool isMetadata = number >= first && number < first + std::ssize(media_type::single);
    return isMetadata ? media_type::single[static_cast<std::size_t>(number - first)] : 0;
}

/// Who takes it in keeps it: one that is longer than any is none.
std::string_view sessionIdOf(dom::element value) {
    const std::string_view id = textOf(value);
    return id.size() <= maximalSessionId ? id : std::string_view();
}

/// Zoom has no status of more than 32 bits: one that is larger is unknown, and not the success or refusal that its
/// lower bits may be.
constexpr std::int32_t unknownStatus = -1;

std::int32_t statusOf(std::int64_t value) { return narrowOr(value, unknownStatus); }

std::int32_t statusOf(dom::element element) { return isMissing(element) ? 0 : smallOr(element, unknownStatus); }

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
            update.sessionId = sessionIdOf(value);
        }
    }
    return update;
}

/// Server times in answers to queries may be in seconds (rtms-protocol.md, C21): ten digits are the seconds from 2001
/// to 2286, and milliseconds of 1970.
std::int64_t inMilliseconds(std::int64_t time) {
    constexpr std::int64_t tenDigits = 1'000'000'000;
    return time >= tenDigits && time < 10 * tenDigits ? time * 1000 : time;
}

message::StateAnswer stateAnswer(dom::object object, bool isSession) {
    message::StateAnswer answer;
    answer.isSession = isSession;
    for (const auto &[key, value] : object) {
        if (key == "state") {
            answer.state = smallOr(value, answer.state);
        } else if (key == "status_code") {
            answer.status = statusOf(value);
        } else if (key == "timestamp") {
            answer.timestamp = inMilliseconds(integerOr(value, 0));
        } else if (key == "rtms_session_id") {
            answer.sessionId = sessionIdOf(value);
        }
    }
    return answer;
}

message::VideoAnswer videoAnswer(dom::object object) {
    message::VideoAnswer answer;
    for (const auto &[key, value] : object) {
        if (key == "user_id") {
            answer.userId = integerOf(value);
        } else if (key == "status_code") {
            answer.status = statusOf(value);
        } else if (key == "timestamp") {
            answer.timestamp = integerOr(value, 0);
        } else if (key == "reason") {
            answer.reason = textOf(value);
        }
    }
    return answer;
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
    if (cut_.cut(text)) {
        if (const auto media = parseRest(wantedMedia)) {
            return *media;
        }
    }
    return parseWholly(text, wantedMedia);
}

/// A frame whose data have been cut out; nothing where the message is anything else.
std::optional<message::Media> MessageParser::parseRest(std::int32_t wantedMedia) {
    try {
        Message received = parseWholly(cut_.rest(), wantedMedia);
        auto *media = std::get_if<message::Media>(&received);
        if (media == nullptr || media->isText() || media->data != cut_.placeholder()) {
            return std::nullopt;
        }
        const std::string_view raw = cut_.data();
        media->data = media->kind == RTMS_KIND_DESKSHARE ? withoutDataUrlPrefix(raw) : raw;
        media->isRaw = true;
        return isPlain(raw.substr(0, raw.size() - media->data.size())) ? std::optional(*media) : std::nullopt;
    } catch (const MalformedMessage &) {
        return std::nullopt; // the message itself tells best what is wrong
    }
}

Message MessageParser::parseWholly(std::string_view text, std::int32_t wantedMedia) {
    const dom::object object = objectOf(load(text), "message is not a JSON object");
    const std::int64_t number = required(object, "msg_type", "message has no msg_type");
    if (const auto kind = mediaKindOf(number)) {
        if ((kind->mediaType & wantedMedia) == 0) {
            return message::Other{number};
        }
        return media(object, kind->kind);
    }
    if ((metadataMediumOf(number) & wantedMedia) != 0) {
        return metadata(object, static_cast<std::int32_t>(number));
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
    case 11:
        return stateAnswer(object, true);
    case 12:
        return keepAlive(object);
    case 20:
        return stateAnswer(object, false);
    case 22:
        return message::CloseAnswer{required(object, "status_code", "message 22 has no status_code")};
    case 29:
        return videoAnswer(object);
    default:
        return message::Other{number};
    }
}

message::SignalingAnswer MessageParser::signalingAnswer(dom::object object) {
    message::SignalingAnswer answer;
    answer.status = statusOf(required(object, "status_code", "message 2 has no status_code"));
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
    answer.status = statusOf(required(object, "status_code", "message 4 has no status_code"));
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

/// Texts are taken as they come, frames must be Base64.
std::string_view MessageParser::dataOf(dom::element value, bool isText) {
    if (value.is_string() || isMissing(value)) {
        return textOf(value);
    }
    if (!isText) {
        throw MalformedMessage("data is not a string");
    }
    data_ = simdjson::minify(value);
    return data_;
}

message::Media MessageParser::mediaFields(dom::object object, std::uint16_t kind) {
    message::Media frame;
    frame.kind = kind;
    frame.language = kind == RTMS_KIND_TRANSCRIPT ? -1 : 0;
    json_.clear();
    for (const auto &[key, value] : object) {
        if (key == "data") {
            frame.data = dataOf(value, frame.isText());
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

message::Metadata MessageParser::metadata(dom::object object, std::int32_t number) {
    dom::element content;
    const bool isWhole = object["content"].get(content) != simdjson::SUCCESS || !content.is_object();
    message::Metadata metadata;
    metadata.number = number;
    for (const auto &[key, value] : isWhole ? object : content.get_object().value_unsafe()) {
        if (key == "user_id") {
            metadata.userId = integerOr(value, 0);
        } else if (key == "user_name") {
            metadata.name = textOf(value);
        } else if (key == "timestamp") {
            metadata.timestamp = integerOr(value, 0);
        } else if (key == "start_time" || key == "start_ts") {
            metadata.start = integerOr(value, metadata.start);
        } else if (key == "end_time" || key == "end_ts") {
            metadata.end = integerOr(value, metadata.end);
        }
    }
    json_ = isWhole ? simdjson::minify(object) : simdjson::minify(content);
    metadata.json = json_;
    return metadata;
}

} // namespace rtms
