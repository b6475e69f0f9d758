#include "engine/base64.h"

#include <random>
#include <string>

#include <gtest/gtest.h>
#include <openssl/evp.h>

namespace rtms {
namespace {

std::optional<std::string> decoded(std::string_view text) {
    const auto size = base64::decodedSize(text);
    if (!size) {
        return std::nullopt;
    }
    std::string bytes(*size, '\0');
    if (!base64::decode(text, reinterpret_cast<std::uint8_t *>(bytes.data()))) {
        return std::nullopt;
    }
    return bytes;
}

TEST(Base64, DecodesTheVectorsOfRfc4648) {
    EXPECT_EQ(decoded(""), "");
    EXPECT_EQ(decoded("Zg=="), "f");
    EXPECT_EQ(decoded("Zm8="), "fo");
    EXPECT_EQ(decoded("Zm9v"), "foo");
    EXPECT_EQ(decoded("Zm9vYg=="), "foob");
    EXPECT_EQ(decoded("Zm9vYmE="), "fooba");
    EXPECT_EQ(decoded("Zm9vYmFy"), "foobar");
}

TEST(Base64, EncodesTheVectorsOfRfc4648) {
    EXPECT_EQ(base64::encode(""), "");
    EXPECT_EQ(base64::encode("f"), "Zg==");
    EXPECT_EQ(base64::encode("fo"), "Zm8=");
    EXPECT_EQ(base64::encode("foo"), "Zm9v");
    EXPECT_EQ(base64::encode("foobar"), "Zm9vYmFy");
}

TEST(Base64, RejectsWhatIsNotCanonical) {
    for (const std::string_view text :
         {"Z",     "Zg",     "Zg=",  "=",    "====", "Zg===", "Zm9v=", "Z===",    "Zg==Zg==", "Zm=v",
          "Zm9\n", "Zm9v\n", "Zm9-", "Zm9_", " Zm9", "Zh==",  "Zm9=",  "Zm9\xff", "=m9v",     "Zm9v===="}) {
        EXPECT_EQ(decoded(text), std::nullopt) << text;
    }
    EXPECT_EQ(decoded(std::string_view("Zm9\0", 4)), std::nullopt);
}

TEST(Base64, AgreesWithOpenSslOnEveryLength) {
    std::mt19937 random(1);
    for (int length = 0; length < 500; ++length) {
        std::string bytes;
        for (int index = 0; index < length; ++index) {
            bytes += static_cast<char>(random());
        }
        std::string text(static_cast<std::size_t>(length + 2) / 3 * 4 + 1, '\0');
        EVP_EncodeBlock(reinterpret_cast<unsigned char *>(text.data()),
                        reinterpret_cast<const unsigned char *>(bytes.data()), length);
        text.pop_back();
        ASSERT_EQ(decoded(text), bytes);
    }
}

/// As decoded(), and a byte behind the bytes that must stay as it is.
std::optional<std::string> decodedBy(bool (*decode)(std::string_view, std::uint8_t *), std::string_view text) {
    const auto size = base64::decodedSize(text);
    std::string bytes(size.value_or(0) + 1, '!');
    const bool good = size && decode(text, reinterpret_cast<std::uint8_t *>(bytes.data()));
    EXPECT_EQ(bytes.back(), '!');
    return good ? std::optional(bytes) : std::nullopt;
}

std::string randomBytes(std::size_t length) {
    std::mt19937 random(static_cast<unsigned>(length));
    std::string bytes(length, '\0');
    for (char &byte : bytes) {
        byte = static_cast<char>(random());
    }
    return bytes;
}

TEST(Base64, VectorInstructionsAcceptAndMakeTheSameAsPlainOnes) {
    for (std::size_t length = 0; length <= 200; ++length) {
        const std::string bytes = randomBytes(length);
        const std::string text = base64::encode(bytes);
        ASSERT_EQ(decodedBy(base64::decode, text), bytes + '!');
        ASSERT_EQ(decodedBy(base64::decodePlainly, text), bytes + '!');
    }
}

TEST(Base64, VectorInstructionsRefuseTheSameCharactersAsPlainOnesAtEveryPlace) {
    for (const std::size_t length : {3U, 24U, 47U, 48U, 52U, 96U, 150U}) {
        const std::string text = base64::encode(randomBytes(length));
        for (std::size_t place = 0; place < text.size(); ++place) {
            for (int byte = 0; byte < 256; ++byte) {
                std::string changed = text;
                changed[place] = static_cast<char>(byte);
                ASSERT_EQ(decodedBy(base64::decode, changed), decodedBy(base64::decodePlainly, changed))
                    << length << " bytes, character " << byte << " at " << place;
            }
        }
    }
}

} // namespace
} // namespace rtms
