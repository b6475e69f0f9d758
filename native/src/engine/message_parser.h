#ifndef RTMS_ENGINE_MESSAGE_PARSER_H
#define RTMS_ENGINE_MESSAGE_PARSER_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "engine/data_cut.h"
#include "engine/json_fields.h"
#include "engine/media_type.h"
#include "engine/message.h"

namespace rtms {

/// Reads one message of the wire with the tolerances that rtms-protocol.md names: numbers as strings, old field names,
/// missing names, unknown fields and numbers.
///
/// Threads: one at a time; all connections of a loop share one, because its buffers grow to the largest message.
class MessageParser {
  public:
    /// Deeper nesting is malformed.
    static constexpr std::size_t maximalDepth = 32;
    /// Bytes after a message that must be readable, whatever they hold.
    static constexpr std::size_t padding = simdjson::SIMDJSON_PADDING;

    MessageParser();

    /// text must be followed by `padding` readable bytes. Media outside the mask of media types come back as Other. The
    /// result's views are valid until the next call and as long as the text. Throws MalformedMessage.
    ///
    /// Where this passes over a frame's data, which are nearly all of its message, it says so (Media::isRaw). Such data
    /// that are Base64 are what parseWholly() finds too; whether others are malformed JSON, or have escapes, it can
    /// say.
    Message parse(std::string_view text, std::int32_t wantedMedia = media_type::all - 1);

    /// The same with every byte looked at.
    Message parseWholly(std::string_view text, std::int32_t wantedMedia = media_type::all - 1);

  private:
    std::optional<message::Media> parseRest(std::int32_t wantedMedia);
    simdjson::dom::element load(std::string_view text);
    message::SignalingAnswer signalingAnswer(simdjson::dom::object object);
    message::MediaAnswer mediaAnswer(simdjson::dom::object object);
    message::Event event(simdjson::dom::object object);
    message::Media media(simdjson::dom::object object, std::uint16_t kind);
    message::Media mediaFields(simdjson::dom::object object, std::uint16_t kind);
    message::Metadata metadata(simdjson::dom::object object, std::int32_t number);
    std::string_view dataOf(simdjson::dom::element value, bool isText);
    void appendExtra(std::string_view key, simdjson::dom::element value);

    simdjson::dom::parser parser_;
    std::string json_; // media_params, event, metadata or extra of the present message
    std::string data_; // its data, where that was no string
    DataCut cut_;
};

} // namespace rtms

#endif
