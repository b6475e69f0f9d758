#include <array>
#include <stdexcept>
#include <string>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "worker/wire.h"

namespace rtms::test {
namespace {

TEST(Wire, OptionsComeOutAsTheyWentIn) {
    StreamOptions options;
    for (const auto option : {RTMS_STRING_STREAM_ID, RTMS_STRING_ID, RTMS_STRING_SERVER_URLS, RTMS_STRING_CLIENT_ID,
                              RTMS_STRING_CLIENT_SECRET, RTMS_STRING_SIGNATURE, RTMS_STRING_PROXY}) {
        ASSERT_EQ(options.setString(option, std::string("ü\n") + std::to_string(option)), RTMS_OK);
    }
    ASSERT_EQ(options.setString(RTMS_STRING_ID_KEY, "session_id"), RTMS_OK);
    ASSERT_EQ(options.setString(RTMS_STRING_MEDIA_PARAMS, R"({"audio":{}})"), RTMS_OK);
    ASSERT_EQ(options.setString(RTMS_STRING_CA_FILE, "/ca.pem"), RTMS_OK);
    ASSERT_EQ(options.setInt(RTMS_INT_MEDIA_TYPES, 31), RTMS_OK);
    ASSERT_EQ(options.setInt(RTMS_INT_SPLIT, 0), RTMS_OK);
    ASSERT_EQ(options.setInt(RTMS_INT_BUFFER_DATA, 0), RTMS_OK);
    ASSERT_EQ(options.setInt(RTMS_INT_CONNECT_TIMEOUT_MS, 11), RTMS_OK);
    ASSERT_EQ(options.setInt(RTMS_INT_HANDSHAKE_TIMEOUT_MS, 12), RTMS_OK);
    ASSERT_EQ(options.setInt(RTMS_INT_KEEP_ALIVE_TIMEOUT_MS, 13), RTMS_OK);
    ASSERT_EQ(options.setInt(RTMS_INT_MAX_MESSAGE_BYTES, 2048), RTMS_OK);
    ASSERT_EQ(options.setInt(RTMS_INT_VERIFY_TLS, 0), RTMS_OK);
    const std::string bytes = OrderWriter(Order::join).number(7).options(options).take();
    OrderReader reader(bytes);
    EXPECT_EQ(reader.order(), Order::join);
    EXPECT_EQ(reader.number(), 7);
    const StreamOptions read = reader.options();
    const StreamOptions defaults;
    for (std::int32_t option = 1; option <= StreamOptions::lastString; ++option) {
        EXPECT_EQ(read.getString(option), options.getString(option)) << option;
        EXPECT_NE(read.getString(option), defaults.getString(option)) << option;
    }
    for (std::int32_t option = 1; option <= StreamOptions::lastInt; ++option) {
        EXPECT_EQ(read.getInt(option), options.getInt(option)) << option;
        EXPECT_NE(read.getInt(option), defaults.getInt(option)) << option;
    }
}

TEST(Wire, CommandsComeOutAsTheyWentIn) {
    const Command command{Command::Kind::querySessionState, -5, true, "session"};
    const std::string bytes = OrderWriter(Order::command).command(command).take();
    OrderReader reader(bytes);
    reader.order();
    const Command read = reader.command();
    EXPECT_EQ(read.kind, command.kind);
    EXPECT_EQ(read.number, command.number);
    EXPECT_EQ(read.on, command.on);
    EXPECT_EQ(read.text, command.text);
}

TEST(Wire, WhatIsCutOffOrUnknownIsRefused) {
    const std::string whole = OrderWriter(Order::command).command({Command::Kind::pause, 1}).take();
    for (std::size_t length = 1; length < whole.size(); ++length) {
        OrderReader reader(std::string_view(whole).substr(0, length));
        reader.order();
        EXPECT_THROW(reader.command(), std::runtime_error);
    }
    const std::string unknown = OrderWriter(Order::command).number(99).number(0).number(0).text("").take();
    OrderReader reader(unknown);
    reader.order();
    EXPECT_THROW(reader.command(), std::runtime_error);
    const std::string negative = OrderWriter(Order::tls).number(-1).take();
    OrderReader text(negative);
    text.order();
    EXPECT_THROW(text.text(), std::runtime_error);
}

TEST(Wire, MessagesCrossASocketWholeAndEndWithIt) {
    std::array<int, 2> pair{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()), 0);
    const std::string large(3'000'000, 'x'); // more than the socket takes at once
    std::thread sender([&] {
        EXPECT_TRUE(sendMessage(pair[0], ""));
        EXPECT_TRUE(sendMessage(pair[0], large));
        ::close(pair[0]);
    });
    EXPECT_EQ(receiveMessage(pair[1]), "");
    EXPECT_EQ(receiveMessage(pair[1]), large);
    EXPECT_FALSE(receiveMessage(pair[1]));
    sender.join();
    EXPECT_FALSE(sendMessage(pair[1], "nobody"));
    ::close(pair[1]);
}

} // namespace
} // namespace rtms::test
