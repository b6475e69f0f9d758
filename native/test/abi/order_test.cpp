#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

/// Sends its frames right behind message 4, then notes it.
Gateway::Script eager(int frames) {
    return [=](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        for (int number = 0; number < frames; ++number) {
            peer.send(audio("early", number));
        }
        where.note("sent");
        peer.drain();
    };
}

/// Keeps its medium waiting for the handshake until the test's signal.
void late(Gateway &where, Peer &peer) {
    peer.receive(3);
    where.awaitSignal("go");
    peer.send(mediaAnswer());
    peer.drain();
}

TEST(Order, FramesThatComeWhileOtherMediaConnectFollowJoined) {
    constexpr int count = 50;
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", eager(count));
    gateway.on("/transcript", late);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    EXPECT_EQ(loop.await(RTMS_KIND_MEDIA_READY).code, 1);
    EXPECT_TRUE(gateway.awaitNote("sent"));
    EXPECT_FALSE(loop.reader().next(std::chrono::milliseconds(100)));
    gateway.signal("go");
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, 1 | 8);
    EXPECT_TRUE(loop.seen(RTMS_KIND_AUDIO).empty());
    for (int number = 0; number < count; ++number) {
        ASSERT_EQ(loop.await(RTMS_KIND_AUDIO).timestamp, number);
    }
}

TEST(Order, PausingMeanwhileOutlastsJoined) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", eager(1));
    gateway.on("/transcript", late);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_MEDIA_READY);
    EXPECT_EQ(rtms_stream_pause(stream.handle(), 0), RTMS_OK); // does not let frames pass before JOINED
    EXPECT_FALSE(loop.reader().next(std::chrono::milliseconds(100)));
    EXPECT_EQ(rtms_stream_pause(stream.handle(), 1), RTMS_OK);
    loop.settle();
    gateway.signal("go");
    loop.await(RTMS_KIND_JOINED);
    EXPECT_FALSE(loop.reader().next(std::chrono::milliseconds(100)));
    EXPECT_EQ(rtms_stream_pause(stream.handle(), 0), RTMS_OK);
    EXPECT_EQ(loop.await(RTMS_KIND_AUDIO).payload, "early");
    EXPECT_EQ(loop.seen(RTMS_KIND_JOINED).size(), 1U);
}

TEST(Order, WaitingForOtherMediaIsNotSilence) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        for (;;) { // keeps signaling alive at the pace of the answers
            peer.send(R"({"msg_type":12,"timestamp":1})");
            peer.receiveText();
        }
    });
    gateway.on("/audio", eager(1));
    gateway.on("/transcript", late);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.set(RTMS_INT_KEEP_ALIVE_TIMEOUT_MS, 500).join();
    loop.await(RTMS_KIND_MEDIA_READY);
    EXPECT_FALSE(loop.reader().next(std::chrono::milliseconds(1000)));
    gateway.signal("go");
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, 1 | 8);
    EXPECT_EQ(loop.await(RTMS_KIND_AUDIO).payload, "early");
}

TEST(Order, AnEndBeforeJoinedDeliversWhatWasSentOnMediaThatAreReady) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        where.awaitSignal("close");
        peer.close(1000);
    });
    gateway.on("/audio", eager(5));
    gateway.on("/transcript", late);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_MEDIA_READY);
    EXPECT_TRUE(gateway.awaitNote("sent"));
    EXPECT_FALSE(loop.reader().next(std::chrono::milliseconds(100)));
    gateway.signal("close");
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, 1);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_CLOSED);
    EXPECT_EQ(loop.seen(RTMS_KIND_AUDIO).size(), 5U);
}

} // namespace
} // namespace rtms::test
