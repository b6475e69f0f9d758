// The parser of messages: whatever comes, it returns a message or throws MalformedMessage. All of a message's views can
// be read, what is JSON in it is JSON, its bounds hold, and its data can be decoded or not. Where data were passed over
// that are Base64, nothing else comes of it than where they are read.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base64.h"
#include "engine/message_parser.h"
#include "fuzz/require.h"
#include "loop/record.h"

namespace {

using rtms::fuzz::require;

void requireJson(std::string_view text) {
    static simdjson::dom::parser parser;
    simdjson::dom::element root;
    require(parser.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS && root.is_object(), "JSON is JSON");
}

std::size_t read(std::string_view text) {
    std::size_t sum = 0;
    for (const char character : text) {
        sum += static_cast<unsigned char>(character);
    }
    return sum;
}

struct Reader {
    std::size_t operator()(const rtms::message::Other &) const { return 0; }
    std::size_t operator()(const rtms::message::SignalingAnswer &answer) const {
        std::size_t sum = read(answer.reason);
        for (const auto &[key, urls] : answer.servers) {
            sum += read(key) + read(urls);
        }
        return sum;
    }
    std::size_t operator()(const rtms::message::MediaAnswer &answer) const {
        if (!answer.mediaParams.empty()) {
            requireJson(answer.mediaParams);
        }
        return read(answer.reason) + read(answer.mediaParams);
    }
    std::size_t operator()(const rtms::message::Event &event) const {
        requireJson(event.json);
        return read(event.name) + read(event.json);
    }
    std::size_t operator()(const rtms::message::StateUpdate &update) const { return read(update.sessionId); }
    std::size_t operator()(const rtms::message::KeepAlive &) const { return 0; }
    std::size_t operator()(const rtms::message::Media &media) const {
        require(media.extra.size() <= rtms::maximalExtra, "extra is bounded");
        if (!media.extra.empty()) {
            requireJson(media.extra);
        }
        const auto size = media.isText() ? std::nullopt : rtms::base64::decodedSize(media.data);
        if (size) {
            std::vector<std::uint8_t> decoded(*size);
            rtms::base64::decode(media.data, decoded.data());
        }
        return read(media.name) + read(media.data) + read(media.extra);
    }
    std::size_t operator()(const rtms::message::Metadata &metadata) const {
        requireJson(metadata.json);
        return read(metadata.name) + read(metadata.json);
    }
    std::size_t operator()(const rtms::message::StateAnswer &answer) const { return read(answer.sessionId); }
    std::size_t operator()(const rtms::message::VideoAnswer &answer) const { return read(answer.reason); }
    std::size_t operator()(const rtms::message::CloseAnswer &) const { return 0; }
};

bool isBase64(std::string_view data) {
    const auto size = rtms::base64::decodedSize(data);
    std::vector<std::uint8_t> decoded(size.value_or(0));
    return size && rtms::base64::decode(data, decoded.data());
}

/// All of a frame as one text.
std::string fieldsOf(const rtms::message::Media &media) {
    std::string fields;
    for (const std::int64_t number : {std::int64_t{media.kind}, media.userId, media.timestamp, media.start, media.end,
                                      std::int64_t{media.language}, std::int64_t{media.attribute}}) {
        fields += std::to_string(number) + ' ';
    }
    for (const std::string_view text : {media.name, media.data, media.extra}) {
        fields += std::to_string(text.size()) + ' ' + std::string(text);
    }
    return fields;
}

void requireTheSameWholly(rtms::MessageParser &parser, std::string_view text, const rtms::message::Media &media) {
    const std::string fields = fieldsOf(media);
    std::string wholly;
    try {
        wholly = fieldsOf(std::get<rtms::message::Media>(parser.parseWholly(text)));
    } catch (const std::exception &) {
    }
    require(wholly == fields, "data that were passed over change nothing");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    static rtms::MessageParser parser;
    std::string text(reinterpret_cast<const char *>(bytes), size);
    text.resize(size + rtms::MessageParser::padding, '}');
    try {
        const rtms::Message message = parser.parse({text.data(), size});
        volatile std::size_t sum = std::visit(Reader{}, message);
        (void)sum;
        const auto *media = std::get_if<rtms::message::Media>(&message);
        if (media != nullptr && media->isRaw && isBase64(media->data)) {
            requireTheSameWholly(parser, {text.data(), size}, *media);
        }
    } catch (const rtms::MalformedMessage &) {
    }
    return 0;
}
