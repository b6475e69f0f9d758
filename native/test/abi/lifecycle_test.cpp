#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

using boost::asio::ip::tcp;

/// Destroying must be quick, whatever the loop is doing.
void destroyQuickly(TestLoop &loop) {
    const auto begin = std::chrono::steady_clock::now();
    loop.destroy();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST(Lifecycle, FiveHundredStreamsComeAndGo) {
    TestLoop loop;
    std::vector<std::int64_t> handles;
    for (int index = 0; index < 500; ++index) {
        handles.push_back(TestStream(loop, "ws://127.0.0.1:1").handle());
    }
    for (const std::int64_t handle : handles) {
        EXPECT_EQ(rtms_stream_destroy(handle), RTMS_OK);
    }
}

TEST(Lifecycle, FiftyLoopsComeAndGo) {
    std::vector<std::unique_ptr<TestLoop>> loops;
    for (int index = 0; index < 50; ++index) {
        loops.push_back(std::make_unique<TestLoop>());
    }
    std::vector<std::int64_t> streams;
    for (const auto &loop : loops) {
        TestStream(*loop, "ws://127.0.0.1:1").join();
    }
    for (const auto &loop : loops) {
        EXPECT_EQ(loop->awaitEnd().code, RTMS_E_CONNECT);
    }
}

TEST(Lifecycle, ManyStreamsJoinOneLoopAtOnce) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        for (int number = 0; number < 20; ++number) {
            peer.send(audio("frame", number));
        }
        peer.drain();
    });
    TestLoop loop;
    std::vector<TestStream> streams;
    for (int index = 0; index < 40; ++index) {
        streams.emplace_back(loop, gateway.url("/signaling")).join();
    }
    for (int index = 0; index < 40 * 20; ++index) {
        loop.await(RTMS_KIND_AUDIO);
    }
    for (const TestStream &stream : streams) {
        EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
    }
    for (int index = 0; index < 40; ++index) {
        EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
    }
    EXPECT_EQ(loop.seen(RTMS_KIND_JOINED).size(), 40U);
}

TEST(Lifecycle, StopEndsStreamsThenTheLoopThenTheSocket) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_loop_stop(loop.handle()), RTMS_OK);
    EXPECT_EQ(rtms_loop_stop(loop.handle()), RTMS_OK);
    EXPECT_EQ(rtms_stream_join(stream.handle()), RTMS_E_STATE);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_STOPPED);
    EXPECT_EQ(loop.await(RTMS_KIND_LOOP_STOPPED).stream, 0);
    EXPECT_FALSE(loop.reader().next(patience));
    EXPECT_TRUE(loop.reader().ended());
    EXPECT_EQ(rtms_stream_create(loop.handle()), RTMS_E_STOPPED);
    EXPECT_EQ(rtms_stream_join(stream.handle()), RTMS_E_STOPPED);
    EXPECT_EQ(rtms_stream_join(stream.handle()), RTMS_E_STOPPED);
}

TEST(Lifecycle, AJoinThatMeetsAStopEndsOnce) {
    TestLoop loop;
    TestStream stream(loop, "ws://127.0.0.1:1");
    stream.join();
    EXPECT_EQ(rtms_loop_stop(loop.handle()), RTMS_OK);
    loop.await(RTMS_KIND_LOOP_STOPPED);
    EXPECT_EQ(loop.seen(RTMS_KIND_DISCONNECTED).size(), 1U);
}

TEST(Lifecycle, DestroyInEveryPhase) {
    Gateway deaf; // accepts and says nothing
    deaf.onAccept([](Gateway &where, tcp::socket &) { where.awaitSignal("never"); });
    std::string tls = deaf.url("/signaling");
    tls.replace(0, 2, "wss");

    Gateway gateway;
    serveAll(gateway);
    gateway.on("/silent", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        where.note("silent");
        peer.drain();
    });
    gateway.on("/slow", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(R"({"all":")" + where.url("/silent-media") + "\"}"));
        peer.drain();
    });
    gateway.on("/silent-media", [](Gateway &where, Peer &peer) {
        peer.receive(3);
        where.note("silent media");
        peer.drain();
    });

    for (const std::string &url :
         {deaf.url("/signaling"), tls, std::string("ws://host.invalid"), std::string("ws://192.0.2.1:9")}) {
        TestLoop loop;
        TestStream(loop, url).join();
        destroyQuickly(loop); // perhaps before, perhaps during resolving, connecting, TLS, upgrade
    }
    for (const auto &[path, note] :
         {std::pair("/silent", "silent"), std::pair("/slow", "silent media"), std::pair("/signaling", "signaling 7")}) {
        TestLoop loop;
        TestStream(loop, gateway.url(path)).join();
        ASSERT_TRUE(gateway.awaitNote(note));
        destroyQuickly(loop);
    }
}

TEST(Lifecycle, DestroyWhileLeavingAndClosing) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        where.awaitSignal("never"); // reads nothing: neither 21 nor a close frame is answered
    });
    for (const bool leave : {true, false}) {
        TestLoop loop;
        TestStream stream(loop, gateway.url("/signaling"));
        stream.join();
        loop.await(RTMS_KIND_JOINED);
        EXPECT_EQ(leave ? rtms_stream_leave(stream.handle()) : rtms_stream_close(stream.handle()), RTMS_OK);
        destroyQuickly(loop);
    }
}

TEST(Lifecycle, DestroyWithAFullRingThatNobodyReads) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        for (;;) {
            peer.send(audio(std::string(2000, 'x')));
        }
    });
    TestLoop loop(RTMS_RING_MIN_BYTES);
    TestStream(loop, gateway.url("/signaling")).join();
    while (loop.reader().unread() < RTMS_RING_MIN_BYTES - 3000) {
        std::this_thread::yield();
    }
    EXPECT_EQ(rtms_loop_stop(loop.handle()), RTMS_OK);
    destroyQuickly(loop);
}

TEST(Lifecycle, ADestroyedStreamStillEndsItsAttempt) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_destroy(stream.handle()), RTMS_OK);
    const Row end = loop.awaitEnd();
    EXPECT_EQ(end.code, RTMS_OK);
    EXPECT_EQ(end.stream, stream.handle());
    EXPECT_TRUE(gateway.awaitNote("gone /signaling"));
}

TEST(Lifecycle, CallsFromManyThreadsAgreeOnOneEnd) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    std::atomic<int> joins{0};
    std::vector<std::thread> threads;
    for (int index = 0; index < 8; ++index) {
        threads.emplace_back([&, index] {
            for (int round = 0; round < 50; ++round) {
                joins += rtms_stream_join(stream.handle()) == RTMS_OK ? 1 : 0;
                rtms_stream_subscribe(stream.handle(), 2, round % 2);
                rtms_stream_pause(stream.handle(), round % 3);
                rtms_stream_renew_media(stream.handle(), 0);
                rtms_stream_join_media(stream.handle());
                if (index % 2 == 0) {
                    rtms_stream_close(stream.handle());
                } else {
                    rtms_stream_leave(stream.handle());
                }
                rtms_loop_space(loop.handle());
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(rtms_loop_stop(loop.handle()), RTMS_OK);
    loop.await(RTMS_KIND_LOOP_STOPPED);
    EXPECT_EQ(loop.seen(RTMS_KIND_DISCONNECTED).size(), static_cast<std::size_t>(joins.load()));
}

TEST(Lifecycle, TwoCallersDestroyOneLoop) {
    for (int round = 0; round < 20; ++round) {
        WakeListener wake;
        const std::int64_t loop = createLoop("twice", RTMS_RING_MIN_BYTES, wake.path());
        std::atomic<int> destroyed{0};
        std::thread other([&] { destroyed += rtms_loop_destroy(loop) == RTMS_OK ? 1 : 0; });
        destroyed += rtms_loop_destroy(loop) == RTMS_OK ? 1 : 0;
        other.join();
        EXPECT_EQ(destroyed.load(), 1);
    }
}

} // namespace
} // namespace rtms::test
