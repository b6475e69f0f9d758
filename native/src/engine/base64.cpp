#include "engine/base64.h"

#include <array>

#include <openssl/evp.h>

#include "engine/base64_blocks.h"

namespace rtms::base64 {

namespace {

constexpr std::uint8_t invalid = 0xFF;
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::uint8_t, 256> values = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(invalid);
    for (std::size_t value = 0; value < alphabet.size(); ++value) {
        table[static_cast<std::uint8_t>(alphabet[value])] = static_cast<std::uint8_t>(value);
    }
    return table;
}();

std::uint32_t valueOf(char character) { return values[static_cast<std::uint8_t>(character)]; }

std::size_t paddingOf(std::string_view text) {
    if (text.ends_with("==")) {
        return 2;
    }
    return text.ends_with('=') ? 1 : 0;
}

/// The two or three characters before the padding.
bool decodeTail(std::string_view text, std::uint8_t *target) {
    const std::uint32_t a = valueOf(text[0]);
    const std::uint32_t b = valueOf(text[1]);
    const std::uint32_t c = text.size() == 3 ? valueOf(text[2]) : 0;
    if (((a | b | c) & 0x80U) != 0) {
        return false;
    }
    const std::uint32_t bits = a << 18U | b << 12U | c << 6U;
    target[0] = static_cast<std::uint8_t>(bits >> 16U);
    if (text.size() == 2) {
        return (bits & 0xFFFFU) == 0;
    }
    target[1] = static_cast<std::uint8_t>(bits >> 8U);
    return (bits & 0xFFU) == 0;
}

} // namespace

std::optional<std::size_t> decodedSize(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    return text.size() / 4 * 3 - paddingOf(text);
}

bool decode(std::string_view text, std::uint8_t *target) {
    const auto done = decodeBlocks(text.substr(0, text.size() - paddingOf(text)), target);
    return done && decodePlainly(text.substr(*done), target + *done / 4 * 3);
}

bool decodePlainly(std::string_view text, std::uint8_t *target) {
    if (text.size() % 4 != 0) {
        return false;
    }
    const std::size_t padding = paddingOf(text);
    const std::string_view whole = text.substr(0, padding == 0 ? text.size() : text.size() - 4);
    std::uint32_t seen = 0; // all values or-ed: bit 7 shows an invalid one, looked at once at the end
    for (std::size_t index = 0; index < whole.size(); index += 4) {
        const std::uint32_t a = valueOf(whole[index]);
        const std::uint32_t b = valueOf(whole[index + 1]);
        const std::uint32_t c = valueOf(whole[index + 2]);
        const std::uint32_t d = valueOf(whole[index + 3]);
        seen |= a | b | c | d;
        const std::uint32_t bits = a << 18U | b << 12U | c << 6U | d;
        target[0] = static_cast<std::uint8_t>(bits >> 16U);
        target[1] = static_cast<std::uint8_t>(bits >> 8U);
        target[2] = static_cast<std::uint8_t>(bits);
        target += 3;
    }
    if ((seen & 0x80U) != 0) {
        return false;
    }
    return padding == 0 || decodeTail(text.substr(whole.size(), 4 - padding), target);
}

std::string encode(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // with a zero at the end
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char *>(text.data()),
                        reinterpret_cast<const unsigned char *>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

} // namespace rtms::base64
