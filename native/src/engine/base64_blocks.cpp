// How both variants work. The high half of a character's eight bits says which stretch of the alphabet it can be in:
//
//   half   characters     value is the character and   lower halves that belong to the alphabet
//   2      + /            19, 16                       B, F
//   3      0 to 9         4                            0 to 9
//   4, 5   A to Z         -65                          1 to F, 0 to A
//   6, 7   a to z         -71                          1 to F, 0 to A
//
// Two tables of 16 bytes tell whether a character is in the alphabet: one gives a bit for the high half's row, the
// other all rows that the lower half does not fit into. A third one gives what is to be added; '/' takes the place of
// row 1.

#include "engine/base64_blocks.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace rtms::base64 {

namespace {

#if defined(__x86_64__) || defined(__aarch64__)

constexpr std::uint8_t signs = 1;      // row 2
constexpr std::uint8_t digits = 2;     // row 3
constexpr std::uint8_t firstHalf = 4;  // rows 4 and 6
constexpr std::uint8_t secondHalf = 8; // rows 5 and 7
constexpr std::uint8_t outside = 16;   // any other

struct Tables {
    std::uint8_t rowOf[16];   // by the high half
    std::uint8_t misfits[16]; // by the lower half
    std::uint8_t addend[16];  // by the high half
};

constexpr Tables tables = [] {
    Tables made{};
    for (unsigned half = 0; half < 16; ++half) {
        made.rowOf[half] = outside;
        made.misfits[half] =
            static_cast<std::uint8_t>(outside | (half == 0xB || half == 0xF ? 0 : signs) | (half <= 9 ? 0 : digits) |
                                      (half >= 1 ? 0 : firstHalf) | (half <= 0xA ? 0 : secondHalf));
    }
    made.rowOf[2] = signs;
    made.rowOf[3] = digits;
    made.rowOf[4] = made.rowOf[6] = firstHalf;
    made.rowOf[5] = made.rowOf[7] = secondHalf;
    made.addend[1] = 16; // '/'
    made.addend[2] = 19;
    made.addend[3] = 4;
    made.addend[4] = made.addend[5] = static_cast<std::uint8_t>(-65);
    made.addend[6] = made.addend[7] = static_cast<std::uint8_t>(-71);
    return made;
}();

#endif

#if defined(__x86_64__)

constexpr std::size_t blockCharacters = 32;
constexpr std::size_t blockBytes = 24;

__attribute__((target("avx2"))) inline __m256i twice(const std::uint8_t *table) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i *>(table)));
}

__attribute__((target("avx2"))) std::optional<std::size_t> decodeWithAvx2(std::string_view text, std::uint8_t *target) {
    const __m256i rowOf = twice(tables.rowOf);
    const __m256i misfits = twice(tables.misfits);
    const __m256i addend = twice(tables.addend);
    const __m256i lowerHalf = _mm256_set1_epi8(0x0F);
    const __m256i slash = _mm256_set1_epi8('/');
    // Bytes 2, 1, 0 of every four, then nothing; and the two halves' three words one behind the other.
    const __m256i bigEndian =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
    const __m256i together = _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7);
    __m256i wrong = _mm256_setzero_si256();
    std::size_t done = 0;
    for (; text.size() - done >= blockCharacters; done += blockCharacters) {
        const __m256i characters = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(text.data() + done));
        const __m256i high = _mm256_and_si256(_mm256_srli_epi32(characters, 4), lowerHalf);
        const __m256i low = _mm256_and_si256(characters, lowerHalf);
        wrong = _mm256_or_si256(wrong,
                                _mm256_and_si256(_mm256_shuffle_epi8(rowOf, high), _mm256_shuffle_epi8(misfits, low)));
        const __m256i row = _mm256_add_epi8(high, _mm256_cmpeq_epi8(characters, slash)); // one less
        const __m256i values = _mm256_add_epi8(characters, _mm256_shuffle_epi8(addend, row));
        // Six bits each: first and second to twelve, then both twelves to 24.
        const __m256i pairs = _mm256_maddubs_epi16(values, _mm256_set1_epi16(0x0140));
        const __m256i words = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
        const __m256i bytes = _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(words, bigEndian), together);
        _mm_storeu_si128(reinterpret_cast<__m128i *>(target), _mm256_castsi256_si128(bytes));
        _mm_storel_epi64(reinterpret_cast<__m128i *>(target + 16), _mm256_extracti128_si256(bytes, 1));
        target += blockBytes;
    }
    return _mm256_testz_si256(wrong, wrong) != 0 ? std::optional(done) : std::nullopt;
}

bool hasAvx2() {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") != 0;
}

const bool avx2 = hasAvx2();

#elif defined(__aarch64__)

constexpr std::size_t blockCharacters = 64;
constexpr std::size_t blockBytes = 48;

std::optional<std::size_t> decodeWithNeon(std::string_view text, std::uint8_t *target) {
    const uint8x16_t rowOf = vld1q_u8(tables.rowOf);
    const uint8x16_t misfits = vld1q_u8(tables.misfits);
    const uint8x16_t addend = vld1q_u8(tables.addend);
    const uint8x16_t lowerHalf = vdupq_n_u8(0x0F);
    const uint8x16_t slash = vdupq_n_u8('/');
    uint8x16_t wrong = vdupq_n_u8(0);
    std::size_t done = 0;
    for (; text.size() - done >= blockCharacters; done += blockCharacters) {
        // The first, second, third and fourth characters of all fours.
        uint8x16x4_t values = vld4q_u8(reinterpret_cast<const std::uint8_t *>(text.data() + done));
        for (uint8x16_t &value : values.val) {
            const uint8x16_t high = vshrq_n_u8(value, 4);
            const uint8x16_t low = vandq_u8(value, lowerHalf);
            wrong = vorrq_u8(wrong, vandq_u8(vqtbl1q_u8(rowOf, high), vqtbl1q_u8(misfits, low)));
            const uint8x16_t row = vaddq_u8(high, vceqq_u8(value, slash)); // one less
            value = vaddq_u8(value, vqtbl1q_u8(addend, row));
        }
        uint8x16x3_t bytes;
        bytes.val[0] = vorrq_u8(vshlq_n_u8(values.val[0], 2), vshrq_n_u8(values.val[1], 4));
        bytes.val[1] = vorrq_u8(vshlq_n_u8(values.val[1], 4), vshrq_n_u8(values.val[2], 2));
        bytes.val[2] = vorrq_u8(vshlq_n_u8(values.val[2], 6), values.val[3]);
        vst3q_u8(target, bytes);
        target += blockBytes;
    }
    return vmaxvq_u8(wrong) == 0 ? std::optional(done) : std::nullopt;
}

#endif

} // namespace

std::optional<std::size_t> decodeBlocks([[maybe_unused]] std::string_view text, [[maybe_unused]] std::uint8_t *target) {
#if defined(__x86_64__)
    return avx2 ? decodeWithAvx2(text, target) : std::optional<std::size_t>(0);
#elif defined(__aarch64__)
    return decodeWithNeon(text, target);
#else
    return 0;
#endif
}

} // namespace rtms::base64
