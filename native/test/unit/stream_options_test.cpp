#include "loop/stream_options.h"

#include <limits>

#include <gtest/gtest.h>

#include "rtms.h"

namespace rtms {
namespace {

TEST(StreamOptions, RejectsBadValuesAndKeepsTheOldOnes) {
    StreamOptions options;
    EXPECT_EQ(options.setString(RTMS_STRING_ID_KEY, "account_id"), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(options.setString(RTMS_STRING_MEDIA_PARAMS, "[1]"), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(options.setString(RTMS_STRING_MEDIA_PARAMS, "{"), RTMS_E_INVALID_ARGUMENT);
    for (const char *number : {"1e999", "-1e999", "[[1,1e400]]"}) { // no double, so no number that can be passed on
        const std::string params = std::string(R"({"audio":{"send_rate":)") + number + "}}";
        EXPECT_EQ(options.setString(RTMS_STRING_MEDIA_PARAMS, params), RTMS_E_INVALID_ARGUMENT);
    }
    EXPECT_EQ(options.setString(RTMS_STRING_ID, "\xff\xfe"), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(options.setString(99, "x"), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(options.setString(RTMS_STRING_ID, std::string(2U << 20U, 'x')), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(options.idKey, "meeting_uuid");
    EXPECT_TRUE(options.mediaParams.empty());
    EXPECT_TRUE(options.id.empty());
}

TEST(StreamOptions, ChecksTheRangeOfNumbers) {
    StreamOptions options;
    constexpr auto huge = std::numeric_limits<std::int64_t>::max();
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{32}, std::int64_t{33}, huge}) {
        EXPECT_EQ(options.setInt(RTMS_INT_MEDIA_TYPES, value), RTMS_E_INVALID_ARGUMENT);
    }
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-5}, huge}) {
        EXPECT_EQ(options.setInt(RTMS_INT_CONNECT_TIMEOUT_MS, value), RTMS_E_INVALID_ARGUMENT);
        EXPECT_EQ(options.setInt(RTMS_INT_HANDSHAKE_TIMEOUT_MS, value), RTMS_E_INVALID_ARGUMENT);
        EXPECT_EQ(options.setInt(RTMS_INT_KEEP_ALIVE_TIMEOUT_MS, value), RTMS_E_INVALID_ARGUMENT);
        EXPECT_EQ(options.setInt(RTMS_INT_MAX_MESSAGE_BYTES, value), RTMS_E_INVALID_ARGUMENT);
    }
    EXPECT_EQ(options.setInt(RTMS_INT_SPLIT, 2), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(options.setInt(RTMS_INT_BUFFER_DATA, -1), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(options.setInt(RTMS_INT_VERIFY_TLS, -2), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(options.setInt(RTMS_INT_VERIFY_TLS, 2), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(options.setInt(99, 1), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(options.mediaTypes, 8);
}

TEST(StreamOptions, VerificationMayBeLeftToTheLoop) {
    StreamOptions options;
    EXPECT_EQ(options.verifyTls, std::nullopt);
    EXPECT_EQ(options.setInt(RTMS_INT_VERIFY_TLS, 0), RTMS_OK);
    EXPECT_EQ(options.verifyTls, false);
    EXPECT_EQ(options.setInt(RTMS_INT_VERIFY_TLS, 1), RTMS_OK);
    EXPECT_EQ(options.verifyTls, true);
    EXPECT_EQ(options.setInt(RTMS_INT_VERIFY_TLS, -1), RTMS_OK);
    EXPECT_EQ(options.verifyTls, std::nullopt);
}

TEST(StreamOptions, KnowsWhatAJoinNeeds) {
    StreamOptions options;
    options.streamId = "s";
    options.id = "i";
    options.serverUrls = "wss://host";
    EXPECT_EQ(options.check(), RTMS_E_INVALID_ARGUMENT);
    options.clientId = "c";
    EXPECT_EQ(options.check(), RTMS_E_INVALID_ARGUMENT);
    options.clientSecret = "x";
    EXPECT_EQ(options.check(), RTMS_OK);
    options.clientId.clear();
    options.signature = "f00";
    EXPECT_EQ(options.check(), RTMS_OK);
    options.id.clear();
    EXPECT_EQ(options.check(), RTMS_E_INVALID_ARGUMENT);
}

} // namespace
} // namespace rtms
