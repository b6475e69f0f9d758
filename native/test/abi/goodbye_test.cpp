#include <thread>

#include <gtest/gtest.h>

#include <boost/asio/ssl/error.hpp>
#include <boost/beast/websocket/error.hpp>

#include "support/certificates.h"
#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

constexpr int count = 300;

/// Media frames that nobody reads yet; then more, until the client says goodbye.
void speaks(Gateway &where, Peer &peer) {
    acceptMedia(peer);
    where.awaitSignal("speak");
    for (int number = 0; number < count; ++number) {
        peer.send(audio(std::string(640, 'a'), number));
    }
    where.note("spoken");
    where.awaitSignal("closed");
    for (int number = count; number < 2 * count; ++number) {
        peer.send(audio(std::string(640, 'b'), number));
    }
    try {
        peer.drain();
    } catch (const boost::system::system_error &error) {
        const bool closed = error.code() == boost::beast::websocket::error::closed ||
                            error.code() == boost::asio::ssl::error::stream_truncated; // closed, then TCP's end
        where.note(closed ? "client said goodbye" : "client was lost: " + error.code().message());
        throw;
    }
}

void closesWithoutLosing(Gateway &gateway, TestLoop &loop, TestStream &stream) {
    gateway.on("/audio", speaks);
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_SIGNALING), RTMS_OK); // nothing of media is read before
    loop.settle();
    gateway.signal("speak");
    EXPECT_TRUE(gateway.awaitNote("spoken"));
    EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
    gateway.signal("closed");
    EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
    const std::vector<Row> frames = loop.seen(RTMS_KIND_AUDIO);
    ASSERT_EQ(frames.size(), 2U * count);
    for (int number = 0; number < 2 * count; ++number) {
        EXPECT_EQ(frames[number].timestamp, number);
    }
    EXPECT_TRUE(gateway.awaitNote("client said goodbye"));
}

TEST(Goodbye, WhatTheServerSendsBeforeItHearsOfItIsTakenIn) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"), 1);
    closesWithoutLosing(gateway, loop, stream);
}

TEST(Goodbye, TheSameOverTls) {
    Gateway gateway{Certificate("DNS:localhost")};
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"), 1);
    stream.set(RTMS_INT_VERIFY_TLS, 0);
    closesWithoutLosing(gateway, loop, stream);
}

/// Not within the second in which a stream that may go on would be connected again.
TEST(Goodbye, LastWordsThatComeLateAreTakenInWhereTheStreamIsOver) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        where.awaitSignal("over");
        peer.send(R"({"msg_type":8,"state":4,"reason":6,"timestamp":1})");
        peer.close(1000);
    });
    gateway.on("/audio", [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        where.awaitSignal("late");
        peer.send(audio("last words"));
        peer.close(1000);
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"), 1);
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    gateway.signal("over");
    EXPECT_EQ(loop.await(RTMS_KIND_STREAM_STATE).code, 4);
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    gateway.signal("late");
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_CLOSED);
    EXPECT_EQ(loop.seen(RTMS_KIND_AUDIO).size(), 1U);
}

/// The server's audio script does not answer a goodbye; the stream ends all the same.
void closesWithin(std::chrono::seconds bound, const Gateway::Script &audioScript) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", audioScript);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"), 1);
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, bound);
    gateway.signal("never");
}

TEST(Goodbye, AServerThatNeverAnswersItIsLeftAfterASecond) {
    closesWithin(std::chrono::seconds(5), [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        where.awaitSignal("never");
    });
}

TEST(Goodbye, AServerThatNeverStopsIsLeftAllTheSame) {
    closesWithin(std::chrono::seconds(10), [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        for (int number = 0;; ++number) {
            peer.send(audio(std::string(640, 'a'), number));
        }
    });
}

} // namespace
} // namespace rtms::test
