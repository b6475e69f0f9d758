#include <thread>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

/// Sends `count` numbered audio frames as fast as TCP takes them.
Gateway::Script flood(int count, std::size_t bytes) {
    return [=](Gateway &gateway, Peer &peer) {
        acceptMedia(peer);
        const std::string payload(bytes, 'f');
        for (int number = 0; number < count; ++number) {
            peer.send(audio(payload, number));
            if (number == count / 2) {
                gateway.note("half");
            }
        }
        gateway.note("sent");
        peer.drain();
    };
}

TEST(Backpressure, AStalledReaderStopsTheServerAndNothingIsLostOrDoubled) {
    constexpr int count = 20'000;
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", flood(count, 2000));
    TestLoop loop(RTMS_RING_MIN_BYTES);
    TestStream stream(loop, gateway.url("/signaling"), 1); // JOINED then comes before the first frame
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    // Nobody reads until the ring is full and the server is stuck: it has far more to send than sockets can hold.
    EXPECT_TRUE(gateway.awaitNote("signaling 7"));
    while (loop.reader().unread() < RTMS_RING_MIN_BYTES - 3000) {
        std::this_thread::yield();
    }
    EXPECT_LE(loop.reader().unread(), static_cast<std::uint64_t>(RTMS_RING_MIN_BYTES));
    EXPECT_EQ(gateway.notes("sent"), 0);
    for (int number = 0; number < count; ++number) {
        const Row row = loop.await(RTMS_KIND_AUDIO);
        ASSERT_EQ(row.timestamp, number);
        ASSERT_EQ(row.payload.size(), 2000U);
    }
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
    EXPECT_EQ(loop.seen(RTMS_KIND_AUDIO).size(), static_cast<std::size_t>(count));
}

TEST(Backpressure, PartsOfLargeFramesStayTogetherThroughAFullRing) {
    constexpr int count = 60;
    constexpr std::size_t bytes = 100'000; // more than the whole ring
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", flood(count, bytes));
    TestLoop loop(RTMS_RING_MIN_BYTES);
    TestStream stream(loop, gateway.url("/signaling"), 1);
    stream.join();
    for (int number = 0; number < count; ++number) {
        std::size_t size = 0;
        bool more = true;
        while (more) {
            const Row row = loop.await(RTMS_KIND_AUDIO);
            ASSERT_EQ(row.timestamp, number);
            size += row.payload.size();
            more = (row.flags & RTMS_FLAG_MORE) != 0;
        }
        ASSERT_EQ(size, bytes);
    }
}

TEST(Backpressure, MetadataWaitsForTheReaderToo) {
    constexpr int count = 5'000;
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        const std::string filling(4000, 'm');
        for (int number = 0; number < count; ++number) {
            peer.send(R"({"msg_type":23,"content":{"timestamp":)" + std::to_string(number) + R"(,"x":")" + filling +
                      "\"}}");
        }
        where.note("sent");
        peer.drain();
    });
    TestLoop loop(RTMS_RING_MIN_BYTES);
    TestStream stream(loop, gateway.url("/signaling"), 1);
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    while (loop.reader().unread() < RTMS_RING_MIN_BYTES - 5000) {
        std::this_thread::yield();
    }
    EXPECT_EQ(gateway.notes("sent"), 0);
    for (int number = 0; number < count; ++number) {
        ASSERT_EQ(loop.await(RTMS_KIND_METADATA).timestamp, number);
    }
}

TEST(Backpressure, EventsBeyondTheRingAreKeptInOrder) {
    constexpr int count = 30'000;
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        for (int number = 0; number < count; ++number) {
            peer.send(R"({"msg_type":6,"event":{"event_type":2,"timestamp":)" + std::to_string(number) + "}}");
        }
        noteSignaling(where, peer);
    });
    TestLoop loop(RTMS_RING_MIN_BYTES);
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    while (loop.reader().unread() < RTMS_RING_MIN_BYTES - 300) {
        std::this_thread::yield();
    }
    for (int number = 0; number < count; ++number) {
        ASSERT_EQ(loop.await(RTMS_KIND_EVENT).timestamp, number);
    }
    EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
    EXPECT_EQ(loop.seen(RTMS_KIND_JOINED).size(), 1U);
}

TEST(Backpressure, AStalledReaderDoesNotHoldUpLeaving) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", flood(20'000, 2000));
    TestLoop loop(RTMS_RING_MIN_BYTES);
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    while (loop.reader().unread() < RTMS_RING_MIN_BYTES - 3000) {
        std::this_thread::yield();
    }
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    EXPECT_TRUE(gateway.awaitNote("gone /audio"));
    EXPECT_TRUE(gateway.awaitNote("signaling 21"));
    EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
}

TEST(Backpressure, AStalledReaderDoesNotCountAsTheServersSilence) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", flood(2000, 2000));
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        for (int answers = 0;; ++answers) {
            peer.send(R"({"msg_type":12,"timestamp":1})");
            while (boost::json::parse(peer.receiveText()).at("msg_type") != 13) {
            }
            where.note("answer");
        }
    });
    TestLoop loop(RTMS_RING_MIN_BYTES);
    TestStream stream(loop, gateway.url("/signaling"), 1);
    stream.set(RTMS_INT_KEEP_ALIVE_TIMEOUT_MS, 250).join();
    loop.await(RTMS_KIND_JOINED);
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(600);
    while (std::chrono::steady_clock::now() < until) { // the time itself is what is tested
        std::this_thread::sleep_until(until);
    }
    for (int number = 0; number < 2000; ++number) {
        ASSERT_EQ(loop.await(RTMS_KIND_AUDIO).timestamp, number);
    }
    EXPECT_TRUE(loop.seen(RTMS_KIND_MEDIA_LOST).empty());
}

} // namespace
} // namespace rtms::test
