#include "engine/signature.h"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace rtms {

std::string sign(std::string_view clientId, std::string_view clientSecret, std::string_view id,
                 std::string_view streamId) {
    std::string message(clientId);
    message.append(",").append(id).append(",").append(streamId);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    const auto *bytes = reinterpret_cast<const unsigned char *>(message.data());
    if (HMAC(EVP_sha256(), clientSecret.data(), static_cast<int>(clientSecret.size()), bytes, message.size(),
             digest.data(), &size) == nullptr) {
        throw std::runtime_error("HMAC-SHA256 is not available");
    }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (unsigned int index = 0; index < size; ++index) {
        hex += digits[digest[index] >> 4U];
        hex += digits[digest[index] & 0xFU];
    }
    return hex;
}

std::string signatureOf(const StreamOptions &options) {
    return options.signature.empty() ? sign(options.clientId, options.clientSecret, options.id, options.streamId)
                                     : options.signature;
}

} // namespace rtms
