#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

constexpr std::size_t eventBytes = 60'000;
/// What is read out of turn: a mebibyte of messages, and what was on its way.
constexpr std::size_t fewEvents = (1U << 20) / eventBytes + 8;

/// Sends events until the client is gone.
void flood(Peer &peer) {
    const std::string event = R"({"msg_type":6,"event":{"event_type":2,"x":")" + std::string(eventBytes, 'e') + "\"}}";
    for (;;) {
        peer.send(event);
    }
}

TEST(Bounds, AServerThatSendsEverythingButTheAnswerIsGivenUp) {
    Gateway gateway;
    gateway.on("/signaling", [](Gateway &, Peer &peer) {
        peer.receive(1);
        flood(peer);
    });
    TestLoop loop(1 << 26);
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_PROTOCOL);
    EXPECT_LE(loop.seen(RTMS_KIND_EVENT).size(), fewEvents);
    EXPECT_TRUE(gateway.awaitNote("gone /signaling"));
}

TEST(Bounds, AServerThatFloodsInsteadOfConfirmingIsLeftAllTheSame) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        while (boost::json::parse(peer.receiveText()).at("msg_type") != 21) {
        }
        flood(peer);
    });
    TestLoop loop(1 << 26);
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_NOTHING), RTMS_OK);
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    const Row end = loop.awaitEnd();
    EXPECT_EQ(end.code, RTMS_OK);
    EXPECT_EQ(end.payload, "left; the server did not confirm it");
    EXPECT_LE(loop.seen(RTMS_KIND_EVENT).size(), fewEvents);
}

TEST(Bounds, ParametersLargerThanAnybodyNeedsAreNotTold) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", [](Gateway &, Peer &peer) {
        peer.receive(3);
        peer.send(R"({"msg_type":4,"status_code":0,"media_params":{"audio":")" + std::string(100'000, 'p') + "\"}}");
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"), 1);
    stream.join();
    EXPECT_TRUE(loop.await(RTMS_KIND_MEDIA_READY).payload.empty());
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, 1);
}

TEST(Bounds, ReasonsOfAnswersAreShortened) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        peer.send(R"({"msg_type":29,"status_code":9,"reason":")" + std::string(100'000, 'r') + "\"}");
        noteSignaling(where, peer);
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    EXPECT_LT(loop.await(RTMS_KIND_VIDEO_SUBSCRIPTION).payload.size(), 400U);
}

TEST(Bounds, OnlySoManyTypesOfEventsAreAskedFor) {
    TestLoop loop;
    const TestStream stream(loop, "ws://127.0.0.1:1");
    for (std::int32_t type = 1; type <= 256; ++type) {
        ASSERT_EQ(rtms_stream_subscribe(stream.handle(), type, 1), RTMS_OK);
    }
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 257, 1), RTMS_E_STATE);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 256, 1), RTMS_OK);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 1, 0), RTMS_OK);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 257, 1), RTMS_OK);
}

TEST(Bounds, ASessionIdIsShort) {
    TestLoop loop;
    const TestStream stream(loop, "ws://127.0.0.1:1");
    EXPECT_EQ(rtms_stream_query_session_state(stream.handle(), std::string(1024, 's').c_str()), RTMS_E_STATE);
    EXPECT_EQ(rtms_stream_query_session_state(stream.handle(), std::string(1025, 's').c_str()),
              RTMS_E_INVALID_ARGUMENT);
}

} // namespace
} // namespace rtms::test
