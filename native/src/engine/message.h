#ifndef RTMS_ENGINE_MESSAGE_H
#define RTMS_ENGINE_MESSAGE_H

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace rtms {

/// What the server sends (rtms-protocol.md sections 4 and 5). Views and raw JSON live until the parser's next message.
namespace message {

/// Message 2.
struct SignalingAnswer {
    std::int32_t status = 0;
    std::string_view reason;
    std::vector<std::pair<std::string_view, std::string_view>> servers; // key, URLs
};

/// Message 4.
struct MediaAnswer {
    std::int32_t status = 0;
    std::string_view reason;
    std::string_view mediaParams; // JSON, or empty
    bool encrypted = false;
};

/// Message 6.
struct Event {
    std::int32_t type = 0;
    std::int64_t timestamp = 0;
    std::int64_t userId = 0;
    std::string_view name;
    std::string_view json;
};

/// Messages 8 (no session) and 9.
struct StateUpdate {
    bool isSession = false;
    std::int32_t state = 0;
    std::int32_t reason = 0;
    std::int64_t timestamp = 0;
    std::string_view sessionId;
};

/// Message 12.
struct KeepAlive {
    std::optional<std::int64_t> timestamp;
};

/// Messages 14 to 18.
struct Media {
    std::uint16_t kind = 0; // RTMS_KIND_*
    std::int64_t userId = 0;
    std::int64_t timestamp = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int32_t language = 0; // transcripts: -1 none
    std::int32_t attribute = 0;
    std::string_view name;
    std::string_view data;  // Base64, or text in transcripts and chat
    std::string_view extra; // JSON object of all other fields, or empty
    bool isRaw = false;     // data stand in the message's own text and nobody has looked at them yet

    bool isText() const;
};

/// Messages 23 to 27.
struct Metadata {
    std::int32_t number = 0;
    std::int64_t userId = 0;
    std::int64_t timestamp = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string_view name;
    std::string_view json;
};

/// Messages 20 (no session) and 11.
struct StateAnswer {
    bool isSession = false;
    std::int32_t state = -1; // -1: none
    std::int32_t status = 0;
    std::int64_t timestamp = 0;
    std::string_view sessionId;
};

/// Message 29.
struct VideoAnswer {
    std::optional<std::int64_t> userId;
    std::int32_t status = 0;
    std::int64_t timestamp = 0;
    std::string_view reason;
};

/// Message 22.
struct CloseAnswer {
    std::int64_t status = 0;
};

/// Any other number: ignored.
struct Other {
    std::int64_t number = 0;
};

} // namespace message

using Message = std::variant<message::Other, message::SignalingAnswer, message::MediaAnswer, message::Event,
                             message::StateUpdate, message::KeepAlive, message::Media, message::Metadata,
                             message::StateAnswer, message::VideoAnswer, message::CloseAnswer>;

} // namespace rtms

#endif
