// Base64 against a decoder that is as plain as can be: the same texts are accepted, the same bytes come out, and the
// encoder turns them into the same text again.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base64.h"
#include "fuzz/require.h"

namespace {

using rtms::fuzz::require;
using Bytes = std::vector<std::uint8_t>;

/// Bit by bit, as RFC 4648 section 4 describes it.
std::optional<Bytes> plainly(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string_view digits = text;
    for (int padding = 0; padding < 2 && digits.ends_with('='); ++padding) {
        digits.remove_suffix(1);
    }
    std::vector<bool> bits;
    for (const char digit : digits) {
        const std::size_t value = alphabet.find(digit);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        for (int bit = 5; bit >= 0; --bit) {
            bits.push_back((value >> bit & 1U) != 0);
        }
    }
    Bytes bytes;
    std::size_t next = 0;
    for (; next + 8 <= bits.size(); next += 8) {
        unsigned byte = 0;
        for (std::size_t bit = 0; bit < 8; ++bit) {
            byte = byte << 1U | (bits[next + bit] ? 1U : 0U);
        }
        bytes.push_back(static_cast<std::uint8_t>(byte));
    }
    const std::size_t left = bits.size() - next; // of the last character; they belong to no byte
    bool clean = left < 6 && text.size() % 4 == 0;
    for (; next < bits.size(); ++next) {
        clean = clean && !bits[next];
    }
    return clean ? std::optional(bytes) : std::nullopt;
}

std::optional<Bytes> decodeBy(bool (*decoder)(std::string_view, std::uint8_t *), std::string_view text) {
    const auto size = rtms::base64::decodedSize(text);
    if (!size) {
        return std::nullopt;
    }
    Bytes bytes(*size);
    return decoder(text, bytes.data()) ? std::optional(bytes) : std::nullopt;
}

/// With the processor's vector instructions and without them.
std::optional<Bytes> decode(std::string_view text) {
    std::optional<Bytes> bytes = decodeBy(rtms::base64::decode, text);
    require(bytes == decodeBy(rtms::base64::decodePlainly, text), "vector instructions make no difference");
    return bytes;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    const auto decoded = decode(text);
    require(decoded == plainly(text), "both decoders agree");
    if (decoded) {
        const std::string_view view(reinterpret_cast<const char *>(decoded->data()), decoded->size());
        require(rtms::base64::encode(view) == text, "what was decoded encodes to the same text");
    }
    const auto again = decode(rtms::base64::encode(text));
    require(again == Bytes(bytes, bytes + size), "what was encoded decodes to the same bytes");
    return 0;
}
