#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

std::string event(int timestamp, const std::string &filling = "") {
    return R"({"msg_type":6,"event":{"event_type":2,"timestamp":)" + std::to_string(timestamp) + R"(,"x":")" + filling +
           "\"}}";
}

/// Handshake; then, after message 5, far more events than sockets hold.
void floodAfterSubscription(Gateway &gateway, Peer &peer) {
    peer.receive(1);
    peer.send(signalingAnswer(gateway));
    while (boost::json::parse(peer.receiveText()).at("msg_type") != 5) {
    }
    const std::string filling(65'536, 'e');
    for (int number = 0; number < 400; ++number) {
        peer.send(event(number, filling));
    }
    gateway.note("sent");
    noteSignaling(gateway, peer);
}

/// Pauses, and lets the server go on with its script: the pause is posted before message 5.
void restAndSubscribe(const TestStream &stream) {
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_NOTHING), RTMS_OK);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 2, 1), RTMS_OK);
}

/// Nothing comes any more, but for the message whose reading had begun.
void expectRest(TestLoop &loop) {
    loop.reader().next(std::chrono::milliseconds(200));
    EXPECT_FALSE(loop.reader().next(std::chrono::milliseconds(200)));
}

TEST(Pause, StopsReadingMediaAndResumeGoesOn) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        where.awaitSignal("first");
        peer.send(audio("first", 1));
        where.awaitSignal("paused");
        for (int number = 2; number < 400; ++number) {
            peer.send(audio(std::string(65'536, 'p'), number));
        }
        where.note("sent");
        peer.drain();
    });
    TestLoop loop(1 << 26);
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    gateway.signal("first");
    loop.await(RTMS_KIND_AUDIO);
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_SIGNALING), RTMS_OK);
    // Signaling goes on: what is asked for now comes back, and the pause was posted before it.
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 2, 1), RTMS_OK);
    EXPECT_TRUE(gateway.awaitNote("signaling 5"));
    gateway.signal("paused");
    loop.reader().next(std::chrono::milliseconds(200)); // the frame whose reading had begun
    EXPECT_FALSE(loop.reader().next(std::chrono::milliseconds(200)));
    EXPECT_EQ(gateway.notes("sent"), 0);
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_ALL), RTMS_OK);
    EXPECT_TRUE(gateway.awaitNote("sent"));
    Row row = loop.await(RTMS_KIND_AUDIO);
    while (row.timestamp != 399) {
        row = loop.await(RTMS_KIND_AUDIO);
    }
}

TEST(Pause, ReadsNoSignalingAtTheSecondLevel) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", floodAfterSubscription);
    TestLoop loop(1 << 26);
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    restAndSubscribe(stream);
    expectRest(loop);
    EXPECT_EQ(gateway.notes("sent"), 0);
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_SIGNALING), RTMS_OK);
    while (loop.await(RTMS_KIND_EVENT).timestamp != 399) {
    }
    EXPECT_TRUE(gateway.awaitNote("sent"));
}

TEST(Pause, HoldsForLaterJoinsWhoseHandshakesAreRead) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        peer.send(event(1));
        noteSignaling(where, peer);
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_NOTHING), RTMS_OK);
    for (int attempt = 0; attempt < 2; ++attempt) {
        stream.join();
        loop.await(RTMS_KIND_JOINED);
        EXPECT_FALSE(loop.reader().next(std::chrono::milliseconds(200)));
        EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
        loop.awaitEnd();
    }
    EXPECT_TRUE(loop.seen(RTMS_KIND_EVENT).empty());
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_ALL), RTMS_OK);
    stream.join();
    loop.await(RTMS_KIND_EVENT);
}

TEST(Pause, LeavingReadsUpToTheConfirmationAtAnyLevel) {
    constexpr std::size_t count = 20;
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        while (boost::json::parse(peer.receiveText()).at("msg_type") != 5) {
        }
        for (std::size_t number = 0; number < count; ++number) {
            peer.send(event(1));
        }
        noteSignaling(where, peer);
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    restAndSubscribe(stream);
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    const Row end = loop.awaitEnd();
    EXPECT_EQ(end.code, RTMS_OK);
    EXPECT_EQ(end.payload, "left"); // confirmed
    EXPECT_EQ(loop.seen(RTMS_KIND_EVENT).size(), count);
}

TEST(Pause, ClosingWorksAtAnyLevel) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", floodAfterSubscription);
    TestLoop loop(1 << 26);
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    restAndSubscribe(stream);
    expectRest(loop);
    EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
}

TEST(Pause, TheSilenceOfSocketsThatAreNotReadDoesNotCount) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        while (boost::json::parse(peer.receiveText()).at("msg_type") != 5) {
        }
        where.signal("paused");
        peer.send(R"({"msg_type":12,"timestamp":1})"); // the reading that had begun ends with it
        peer.drain();
    });
    gateway.on("/transcript", [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        where.awaitSignal("paused");
        peer.send(R"({"msg_type":12,"timestamp":1})");
        peer.receive(13);
        where.note("rests");
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"), 8);
    stream.set(RTMS_INT_KEEP_ALIVE_TIMEOUT_MS, 2000).join();
    loop.await(RTMS_KIND_JOINED);
    restAndSubscribe(stream);
    ASSERT_TRUE(gateway.awaitNote("rests"));
    EXPECT_FALSE(loop.reader().next(std::chrono::milliseconds(3000))); // the time itself is what is tested
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_ALL), RTMS_OK);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_KEEP_ALIVE);
}

} // namespace
} // namespace rtms::test
