#include "engine/data_cut.h"

#include <array>
#include <new>

#include <openssl/rand.h>
#include <simdjson.h>

namespace rtms {

namespace {

/// Of fewer the parser makes a copy in no more time than cutting takes.
constexpr std::size_t shortest = 1536;
constexpr std::size_t maximalBefore = 4096;
constexpr std::size_t maximalBehind = 4096;
constexpr std::string_view whiteSpace = " \t\r\n";

/// 128 bits at random, as letters.
std::string createPlaceholder() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::bad_alloc(); // as good as: OpenSSL has nothing to work with
    }
    std::string letters;
    for (const unsigned char byte : bytes) {
        letters += static_cast<char>('a' + byte % 16);
        letters += static_cast<char>('a' + byte / 16);
    }
    return letters;
}

/// The place of the next character that is no white space, where it is this one; npos where it is another.
std::size_t expect(std::string_view text, std::size_t from, char character) {
    const std::size_t found = text.find_first_not_of(whiteSpace, from);
    return found != std::string_view::npos && text[found] == character ? found : std::string_view::npos;
}

/// Where the value begins, behind its quotation mark; npos where there is none. A quotation mark before the name begins
/// it, or is an escaped one within it, or this is no JSON: in JSON a string begins here whatever is around.
std::size_t beginOfData(std::string_view text) {
    constexpr std::string_view name = "\"data\"";
    constexpr std::size_t none = std::string_view::npos;
    const std::size_t found = text.find(name);
    const std::size_t colon = found == none ? none : expect(text, found + name.size(), ':');
    const std::size_t quote = colon == none ? none : expect(text, colon + 1, '"');
    return quote == none ? none : quote + 1;
}

} // namespace

DataCut::DataCut() : placeholder_(createPlaceholder()) {
    rest_.reserve(maximalBefore + placeholder_.size() + maximalBehind + simdjson::SIMDJSON_PADDING);
}

bool DataCut::cut(std::string_view text) {
    if (text.size() < shortest) {
        return false;
    }
    const std::size_t begin = beginOfData(text.substr(0, maximalBefore));
    const std::size_t end = begin == std::string_view::npos ? begin : text.find('"', begin);
    if (end == std::string_view::npos || end - begin < shortest || text.size() - end > maximalBehind) {
        return false;
    }
    data_ = text.substr(begin, end - begin);
    rest_.assign(text.substr(0, begin)).append(placeholder_).append(text.substr(end));
    size_ = rest_.size();
    rest_.append(simdjson::SIMDJSON_PADDING, '\0');
    return true;
}

} // namespace rtms
