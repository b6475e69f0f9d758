// The Base64 decoder against OpenSSL's encoder: what it accepts must encode to the same text again.

#include <cstdlib>
#include <string>
#include <vector>

#include <openssl/evp.h>

#include "engine/base64.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    const auto decodedSize = rtms::base64::decodedSize(text);
    if (!decodedSize) {
        return 0;
    }
    std::vector<std::uint8_t> decoded(*decodedSize);
    if (!rtms::base64::decode(text, decoded.data())) {
        return 0;
    }
    std::string encoded(size + 1, '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char *>(encoded.data()), decoded.data(),
                    static_cast<int>(decoded.size()));
    encoded.pop_back();
    if (encoded != text) {
        std::abort();
    }
    return 0;
}
