#include <functional>
#include <memory>
#include <utility>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

std::string answerTo(std::int64_t userId, int status) {
    return R"({"msg_type":29,"user_id":)" + std::to_string(userId) + R"(,"status_code":)" + std::to_string(status) +
           R"(,"reason":"because","timestamp":1700000000123})";
}

/// A gateway that notes the requests for video as "video USER on" or "video USER off" and answers with statusOf(USER).
class Video : public testing::Test {
  protected:
    Video() {
        serveAll(gateway_);
        gateway_.on("/signaling", [this](Gateway &where, Peer &peer) {
            peer.receive(1);
            peer.send(signalingAnswer(where));
            for (;;) {
                take(where, peer);
            }
        });
    }

    void take(Gateway &where, Peer &peer) {
        const boost::json::value message = boost::json::parse(peer.receiveText());
        const auto number = message.at("msg_type").as_int64();
        where.note("signaling " + std::to_string(number));
        if (number != 28) {
            return;
        }
        if (where.notes("signaling 7") == 0 || message.at("timestamp").as_int64() < 1'700'000'000'000) {
            where.note("wrong");
        }
        const std::int64_t userId = message.at("user_id").as_int64();
        where.note("video " + std::to_string(userId) + (message.at("subscribe").as_bool() ? " on" : " off"));
        peer.send(answerFor_ ? answerFor_(userId) : answerTo(userId, 0));
    }

    void join(bool split = true, std::int32_t mediaTypes = 2) {
        stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"), mediaTypes);
        stream_->set(RTMS_INT_SPLIT, split ? 1 : 0);
        stream_->join();
        loop_.await(RTMS_KIND_JOINED);
    }

    void ask(std::int64_t userId, bool on) {
        EXPECT_EQ(rtms_stream_subscribe_video(stream_->handle(), userId, on ? 1 : 0), RTMS_OK);
    }

    Row answer() { return loop_.await(RTMS_KIND_VIDEO_SUBSCRIPTION); }

    Gateway gateway_;
    std::function<std::string(std::int64_t)> answerFor_; // set before the join
    TestLoop loop_;
    std::unique_ptr<TestStream> stream_;
};

TEST_F(Video, IsAskedForOverEitherKindOfSocketAndAnsweredWithARecord) {
    for (const bool split : {true, false}) {
        join(split);
        ask(16778240, true);
        const Row row = answer();
        EXPECT_EQ(row.stream, stream_->handle());
        EXPECT_EQ(row.userId, 16778240);
        EXPECT_EQ(row.detail, 0);
        EXPECT_EQ(row.timestamp, 1700000000123);
        EXPECT_EQ(row.payload, "because");
        EXPECT_GT(row.arrival, 0);
    }
    EXPECT_EQ(gateway_.notes("wrong"), 0);
}

TEST_F(Video, AWishFromBeforeTheJoinIsSentWhenVideoIsReady) {
    stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"), 2);
    ask(7, true);
    ask(8, true);
    stream_->join();
    EXPECT_EQ(answer().userId, 8);
    EXPECT_EQ(gateway_.notes("video 7 on"), 0);
    EXPECT_EQ(gateway_.notes("wrong"), 0);
}

TEST_F(Video, AStreamWithoutVideoAsksForNone) {
    for (const bool split : {true, false}) {
        join(split, 8);
        ask(7, true);
        ask(7, false);
        EXPECT_EQ(rtms_stream_query_stream_state(stream_->handle()), RTMS_OK);
        EXPECT_TRUE(gateway_.awaitNote("signaling 19", split ? 1 : 2));
    }
    EXPECT_EQ(gateway_.notes("signaling 28"), 0);
}

TEST_F(Video, OneReplacesTheOtherAndTheConfirmedIsNotAskedForTwice) {
    join();
    ask(7, true);
    answer();
    ask(7, true);
    ask(8, true);
    EXPECT_EQ(answer().userId, 8);
    ask(9, false);
    EXPECT_EQ(answer().userId, 9);
    ask(8, false);
    EXPECT_EQ(answer().userId, 8);
    EXPECT_EQ(gateway_.notes("video 7 on"), 1);
    EXPECT_EQ(gateway_.notes("video 8 on"), 1);
    EXPECT_EQ(gateway_.notes("video 9 off"), 1);
    EXPECT_EQ(gateway_.notes("video 8 off"), 1);
}

TEST_F(Video, AWishIsSentAgainAfterSignalingWasLost) {
    join();
    ask(7, true);
    answer();
    EXPECT_EQ(rtms_stream_close(stream_->handle()), RTMS_OK);
    loop_.awaitEnd();
    stream_->join();
    answer();
    EXPECT_EQ(gateway_.notes("video 7 on"), 2);
    EXPECT_EQ(rtms_stream_close(stream_->handle()), RTMS_OK);
    loop_.awaitEnd();
    ask(7, false); // between two attempts
    stream_->join();
    loop_.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_query_stream_state(stream_->handle()), RTMS_OK);
    EXPECT_TRUE(gateway_.awaitNote("signaling 19"));
    EXPECT_EQ(gateway_.notes("signaling 28"), 2);
}

TEST_F(Video, AWishIsSentAgainAfterTheVideoSocketWasLost) {
    gateway_.on("/all", [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        where.awaitSignal("drop");
        peer.hangUp();
    });
    join();
    ask(7, true);
    answer();
    gateway_.on("/all", serveMedia);
    gateway_.signal("drop");
    loop_.await(RTMS_KIND_MEDIA_LOST);
    EXPECT_EQ(rtms_stream_join_media(stream_->handle()), RTMS_OK);
    EXPECT_EQ(answer().userId, 7);
    EXPECT_EQ(gateway_.notes("video 7 on"), 2);
    EXPECT_EQ(gateway_.notes("signaling 7"), 2);
}

TEST_F(Video, ARefusedWishIsToldAndForgotten) {
    answerFor_ = [](std::int64_t userId) { return answerTo(userId, 2); };
    join();
    ask(7, true);
    EXPECT_EQ(answer().detail, 2);
    EXPECT_EQ(rtms_stream_close(stream_->handle()), RTMS_OK);
    loop_.awaitEnd();
    stream_->join();
    loop_.await(RTMS_KIND_JOINED);
    ask(8, true);
    EXPECT_EQ(answer().userId, 8);
    EXPECT_EQ(gateway_.notes("video 7 on"), 1);
}

TEST_F(Video, ADuplicateIsSubscribed) {
    answerFor_ = [](std::int64_t userId) { return answerTo(userId, 44); };
    join();
    ask(7, true);
    EXPECT_EQ(answer().detail, 44);
    ask(7, true);
    EXPECT_EQ(rtms_stream_close(stream_->handle()), RTMS_OK);
    loop_.awaitEnd();
    stream_->join();
    answer();
    EXPECT_EQ(gateway_.notes("video 7 on"), 2);
}

TEST_F(Video, AnswersOfOddShapesAreBorneWith) {
    constexpr std::int32_t unknown = -1;
    const std::pair<const char *, std::int32_t> shapes[] = {
        {R"({"msg_type":29})", 0},
        {R"({"msg_type":29,"status_code":0})", 0},
        {R"({"msg_type":29,"user_id":null,"status_code":"0","reason":7,"timestamp":"x"})", 0},
        {R"({"msg_type":29,"user_id":{"a":[]},"status_code":1e300,"reason":null,"timestamp":[]})", unknown},
    };
    for (const auto &[odd, status] : shapes) {
        answerFor_ = [odd = odd](std::int64_t) { return odd; };
        join();
        ask(7, true);
        const Row row = answer();
        EXPECT_EQ(row.userId, 0) << odd;
        EXPECT_EQ(row.detail, status) << odd;
        EXPECT_EQ(row.payload, "") << odd;
        EXPECT_EQ(rtms_stream_close(stream_->handle()), RTMS_OK);
        EXPECT_EQ(loop_.awaitEnd().code, RTMS_OK);
    }
}

TEST_F(Video, ArgumentsAreChecked) {
    const TestStream stream(loop_, gateway_.url("/signaling"));
    EXPECT_EQ(rtms_stream_subscribe_video(stream.handle(), 7, 2), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_stream_subscribe_video(stream.handle(), 0, 1), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_stream_subscribe_video(stream.handle(), -1, 1), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_stream_subscribe_video(987654321, 7, 1), RTMS_E_NOT_EXIST);
}

} // namespace
} // namespace rtms::test
