#include "engine/signature.h"

#include <gtest/gtest.h>

namespace rtms {
namespace {

// printf 'client-1,aB+/9w==,stream-1' | openssl dgst -sha256 -hmac s3cret
TEST(Signature, IsWhatOpenSslComputes) {
    EXPECT_EQ(sign("client-1", "s3cret", "aB+/9w==", "stream-1"),
              "d9b44ada280edd0675672f257157e253d9aa07e1705ad710c709588929bc48f6");
}

TEST(Signature, DependsOnEveryPart) {
    const std::string signature = sign("a", "b", "c", "d");
    EXPECT_EQ(signature.size(), 64U);
    EXPECT_NE(signature, sign("x", "b", "c", "d"));
    EXPECT_NE(signature, sign("a", "x", "c", "d"));
    EXPECT_NE(signature, sign("a", "b", "x", "d"));
    EXPECT_NE(signature, sign("a", "b", "c", "x"));
}

} // namespace
} // namespace rtms
