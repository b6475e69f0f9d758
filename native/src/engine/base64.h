#ifndef RTMS_ENGINE_BASE64_H
#define RTMS_ENGINE_BASE64_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rtms::base64 {

/// Bytes that the text decodes to, judged by its length and padding alone; nothing where those are wrong.
std::optional<std::size_t> decodedSize(std::string_view text);

/// Decodes into decodedSize() bytes. False where a character is outside the standard alphabet, in the padding, or where
/// the last character carries bits that belong to no byte. The target's content is then of no use.
bool decode(std::string_view text, std::uint8_t *target);

/// The same without the processor's vector instructions.
bool decodePlainly(std::string_view text, std::uint8_t *target);

std::string encode(std::string_view bytes);

} // namespace rtms::base64

#endif
