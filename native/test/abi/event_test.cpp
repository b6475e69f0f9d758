#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

TEST(Events, SubscriptionsAreSentWithTheJoinAndWhenTheyChange) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 3, 1), RTMS_OK);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 2, 1), RTMS_OK);
    stream.join();
    EXPECT_TRUE(gateway.awaitNote(
        R"({"msg_type":5,"events":[{"event_type":2,"subscribe":true},{"event_type":3,"subscribe":true}]})"));
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 2, 0), RTMS_OK);
    EXPECT_TRUE(gateway.awaitNote(R"({"msg_type":5,"events":[{"event_type":2,"subscribe":false}]})"));
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 8, 1), RTMS_OK);
    EXPECT_TRUE(gateway.awaitNote(R"({"msg_type":5,"events":[{"event_type":8,"subscribe":true}]})"));

    EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
    loop.awaitEnd();
    stream.join();
    EXPECT_TRUE(gateway.awaitNote(
        R"({"msg_type":5,"events":[{"event_type":3,"subscribe":true},{"event_type":8,"subscribe":true}]})"));
}

TEST(Events, SharingIsAskedForInAMessageOfItsOwn) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    for (const std::int32_t type : {2, 5, 3, 6, 8}) {
        EXPECT_EQ(rtms_stream_subscribe(stream.handle(), type, 1), RTMS_OK);
    }
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_TRUE(gateway.awaitNote(
        R"({"msg_type":5,"events":[{"event_type":2,"subscribe":true},{"event_type":3,"subscribe":true},)"
        R"({"event_type":8,"subscribe":true}]})"));
    EXPECT_TRUE(gateway.awaitNote(
        R"({"msg_type":5,"events":[{"event_type":5,"subscribe":true},{"event_type":6,"subscribe":true}]})"));
    EXPECT_EQ(gateway.notes("signaling 5"), 2);
}

TEST(Events, UnsubscribingIsPossibleAtAnyTime) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        where.note("asked");
        where.awaitSignal("answer");
        peer.send(signalingAnswer(where));
        noteSignaling(where, peer);
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 4, 0), RTMS_OK); // never asked for
    for (const std::int32_t type : {2, 3, 4, 5}) {
        EXPECT_EQ(rtms_stream_subscribe(stream.handle(), type, 1), RTMS_OK);
    }
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 2, 0), RTMS_OK); // before the join
    stream.join();
    EXPECT_TRUE(gateway.awaitNote("asked"));
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 3, 0), RTMS_OK); // during the handshake
    loop.settle();
    gateway.signal("answer");
    loop.await(RTMS_KIND_JOINED);
    EXPECT_TRUE(gateway.awaitNote(R"({"msg_type":5,"events":[{"event_type":4,"subscribe":true}]})"));
    EXPECT_TRUE(gateway.awaitNote(R"({"msg_type":5,"events":[{"event_type":5,"subscribe":true}]})"));
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 5, 0), RTMS_OK); // while joined
    EXPECT_TRUE(gateway.awaitNote(R"({"msg_type":5,"events":[{"event_type":5,"subscribe":false}]})"));
    EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
    loop.awaitEnd();
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 4, 0), RTMS_OK); // between two joins
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    loop.awaitEnd();
    EXPECT_EQ(gateway.notes("signaling 5"), 3);
}

TEST(Events, ASubscriptionThatMeetsAJoinIsSent) {
    constexpr int rounds = 20;
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    // A list that takes some time to be checked: meanwhile the other thread subscribes.
    const std::string servers = gateway.url("/signaling") + std::string(200'000, ',');
    for (int round = 1; round <= rounds; ++round) {
        TestStream stream(loop, servers);
        std::atomic<bool> begin = false;
        std::thread other([&] {
            begin.wait(false);
            EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 2, 1), RTMS_OK);
        });
        begin = true;
        begin.notify_one();
        stream.join();
        other.join();
        ASSERT_TRUE(gateway.awaitNote(R"({"msg_type":5,"events":[{"event_type":2,"subscribe":true}]})", round));
        EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
        loop.awaitEnd();
    }
    EXPECT_EQ(gateway.notes("signaling 5"), rounds);
}

TEST(Events, EventsAndStatesBecomeRecords) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        peer.send(R"({"msg_type":6,"event":{"event_type":2,"timestamp":11,"user_id":7,"user_name":"Ada"}})");
        peer.sendBinary(R"({"msg_type":6,"event":{"event_type":3,"timestamp":12,"participants":[{"user_id":"7"}]}})");
        peer.send(R"({"msg_type":8,"state":4,"reason":6,"timestamp":13})");
        peer.send(R"({"msg_type":9,"rtms_session_id":"sess","state":5,"stop_reason":1,"timestamp":14})");
        noteSignaling(where, peer);
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    const Row speaker = loop.await(RTMS_KIND_EVENT);
    EXPECT_EQ(speaker.code, 2);
    EXPECT_EQ(speaker.timestamp, 11);
    EXPECT_EQ(speaker.userId, 7);
    EXPECT_EQ(speaker.name, "Ada");
    const Row joined = loop.await(RTMS_KIND_EVENT);
    EXPECT_EQ(joined.code, 3);
    EXPECT_EQ(joined.payload, R"({"event_type":3,"timestamp":12,"participants":[{"user_id":"7"}]})");
    const Row state = loop.await(RTMS_KIND_STREAM_STATE);
    EXPECT_EQ(state.code, 4);
    EXPECT_EQ(state.detail, 6);
    EXPECT_EQ(state.timestamp, 13);
    const Row session = loop.await(RTMS_KIND_SESSION_STATE);
    EXPECT_EQ(session.code, 5);
    EXPECT_EQ(session.detail, 1);
    EXPECT_EQ(session.payload, "sess");
}

} // namespace
} // namespace rtms::test
