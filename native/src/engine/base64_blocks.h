#ifndef RTMS_ENGINE_BASE64_BLOCKS_H
#define RTMS_ENGINE_BASE64_BLOCKS_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace rtms::base64 {

/// Decodes as many whole blocks of the text as there are, with the processor's vector instructions: AVX2 where it has
/// them, NEON on aarch64. Returns how many characters that were, a multiple of 4, and for each 4 of them 3 bytes have
/// been written and no byte more; 0 without such instructions. Nothing where one of them is outside the alphabet, and
/// padding is: leave it out.
std::optional<std::size_t> decodeBlocks(std::string_view text, std::uint8_t *target);

} // namespace rtms::base64

#endif
