#include <functional>
#include <memory>
#include <thread>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

/// Accepts the handshake, waits for the test's signal and then does something that ends the socket.
Gateway::Script afterSignal(std::function<void(Peer &)> deed) {
    return [deed = std::move(deed)](Gateway &gateway, Peer &peer) {
        acceptMedia(peer);
        gateway.awaitSignal("go");
        deed(peer);
        peer.drain();
    };
}

class MediaLoss : public testing::Test {
  protected:
    MediaLoss() { serveAll(gateway_); }

    Row joinAndLose(std::function<void(Peer &)> deed) {
        gateway_.on("/audio", afterSignal(std::move(deed)));
        stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"));
        stream_->join();
        loop_.await(RTMS_KIND_JOINED);
        gateway_.signal("go");
        const Row lost = loop_.await(RTMS_KIND_MEDIA_LOST);
        EXPECT_EQ(lost.detail, 1);
        EXPECT_FALSE(lost.payload.empty());
        return lost;
    }

    /// The rest of the stream lives: it can be left in good order.
    void expectAlive() {
        EXPECT_EQ(rtms_stream_leave(stream_->handle()), RTMS_OK);
        EXPECT_EQ(loop_.awaitEnd().code, RTMS_OK);
    }

    Gateway gateway_;
    TestLoop loop_;
    std::unique_ptr<TestStream> stream_;
};

TEST_F(MediaLoss, AClosedMediaSocketIsToldWhileSignalingLives) {
    const Row lost = joinAndLose([](Peer &peer) { peer.close(1001); });
    EXPECT_EQ(lost.code, RTMS_E_CLOSED);
    EXPECT_EQ(lost.extra, R"({"detail":1001})");
    expectAlive();
}

TEST_F(MediaLoss, GarbageEndsOnlyItsSocket) {
    EXPECT_EQ(joinAndLose([](Peer &peer) { peer.send("garbage"); }).code, RTMS_E_PROTOCOL);
    expectAlive();
}

TEST_F(MediaLoss, BadBase64EndsOnlyItsSocketAndLeavesNoFrame) {
    EXPECT_EQ(joinAndLose([](Peer &peer) { peer.send(R"({"msg_type":14,"content":{"data":"AAE$"}})"); }).code,
              RTMS_E_PROTOCOL);
    EXPECT_TRUE(loop_.seen(RTMS_KIND_AUDIO).empty());
    expectAlive();
}

TEST_F(MediaLoss, BadPaddingOfALargeFrameLeavesNoPart) {
    const std::string data = std::string(4'000'000, 'A') + "A===";
    EXPECT_EQ(
        joinAndLose([data](Peer &peer) { peer.send(R"({"msg_type":14,"content":{"data":")" + data + "\"}}"); }).code,
        RTMS_E_PROTOCOL);
    EXPECT_TRUE(loop_.seen(RTMS_KIND_AUDIO).empty());
    expectAlive();
}

TEST_F(MediaLoss, AMediumWithoutKeepAlivesIsLost) {
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        for (;;) { // keeps signaling alive at the pace of the answers
            peer.send(R"({"msg_type":12,"timestamp":1})");
            while (boost::json::parse(peer.receiveText()).at("msg_type") != 13) {
            }
        }
    });
    stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"), 1);
    stream_->set(RTMS_INT_KEEP_ALIVE_TIMEOUT_MS, 400).join();
    const Row lost = loop_.await(RTMS_KIND_MEDIA_LOST);
    EXPECT_EQ(lost.code, RTMS_E_KEEP_ALIVE);
    EXPECT_EQ(lost.detail, 1);
    EXPECT_EQ(loop_.seen(RTMS_KIND_JOINED).size(), 1U);
    EXPECT_TRUE(loop_.seen(RTMS_KIND_DISCONNECTED).empty());
}

TEST_F(MediaLoss, JoinMediaConnectsTheLostOneAgain) {
    joinAndLose([](Peer &peer) { peer.hangUp(); });
    gateway_.on("/audio", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        peer.send(audio("again"));
        peer.drain();
    });
    EXPECT_EQ(rtms_stream_join_media(stream_->handle()), RTMS_OK);
    EXPECT_EQ(loop_.await(RTMS_KIND_MEDIA_READY).code, 1);
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).code, 1 | 8);
    EXPECT_EQ(loop_.await(RTMS_KIND_AUDIO).payload, "again");
    EXPECT_EQ(gateway_.notes("accepted /transcript"), 1);
    EXPECT_TRUE(gateway_.awaitNote("signaling 7", 3));
    expectAlive();
}

TEST_F(MediaLoss, AFailedJoinMediaIsToldAndTheRestLives) {
    joinAndLose([](Peer &peer) { peer.hangUp(); });
    gateway_.on("/audio", [](Gateway &, Peer &peer) {
        peer.receive(3);
        peer.send(mediaAnswer(16));
        peer.drain();
    });
    EXPECT_EQ(rtms_stream_join_media(stream_->handle()), RTMS_OK);
    const Row lost = loop_.await(RTMS_KIND_MEDIA_LOST);
    EXPECT_EQ(lost.code, RTMS_E_STATUS);
    EXPECT_EQ(lost.extra, R"({"detail":16})");
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).code, 8);
    expectAlive();
}

/// A stream of transcripts whose server closes signaling at the test's signal, and sends its last words after that.
class LastWords : public MediaLoss {
  protected:
    static constexpr std::size_t lines = 100;

    LastWords() {
        gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
            peer.receive(1);
            peer.send(signalingAnswer(where));
            peer.receive(7);
            where.awaitSignal("go");
            peer.close(1000);
            where.signal("closed");
            where.note("closed");
        });
        gateway_.on("/transcript", [](Gateway &where, Peer &peer) {
            acceptMedia(peer);
            where.awaitSignal("closed");
            for (std::size_t line = 0; line < lines; ++line) {
                peer.send(transcript("line " + std::to_string(line) + std::string(2000, '.')));
            }
            peer.close(1000);
        });
    }

    void join(const TestLoop &loop) {
        stream_ = std::make_unique<TestStream>(loop, gateway_.url("/signaling"), 8);
        stream_->join();
    }

    /// Longer than last words that can be read are waited for.
    static void letTimePass() { std::this_thread::sleep_for(std::chrono::milliseconds(1500)); }

    static void expectAllLines(TestLoop &loop) {
        EXPECT_EQ(loop.awaitEnd().code, RTMS_E_CLOSED);
        EXPECT_EQ(loop.seen(RTMS_KIND_TRANSCRIPT).size(), lines);
        EXPECT_TRUE(loop.seen(RTMS_KIND_MEDIA_LOST).empty());
    }

    void expectCutShortBy(std::int32_t (*end)(std::int64_t)) {
        join(loop_);
        loop_.await(RTMS_KIND_JOINED);
        EXPECT_EQ(rtms_stream_pause(stream_->handle(), RTMS_READ_NOTHING), RTMS_OK);
        loop_.settle();
        gateway_.signal("go");
        ASSERT_TRUE(gateway_.awaitNote("closed"));
        EXPECT_EQ(end(stream_->handle()), RTMS_OK);
        loop_.awaitEnd(); // the test's patience is shorter than words are waited for
    }
};

TEST_F(LastWords, AreTakenInAfterSignalingHasClosed) {
    join(loop_);
    loop_.await(RTMS_KIND_JOINED);
    gateway_.signal("go");
    expectAllLines(loop_);
}

TEST_F(LastWords, AreTakenInThoughMediaRest) {
    join(loop_);
    loop_.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_pause(stream_->handle(), RTMS_READ_SIGNALING), RTMS_OK);
    loop_.settle();
    gateway_.signal("go");
    expectAllLines(loop_);
}

TEST_F(LastWords, WaitWhileNothingIsToBeRead) {
    join(loop_);
    loop_.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_pause(stream_->handle(), RTMS_READ_NOTHING), RTMS_OK);
    loop_.settle();
    gateway_.signal("go");
    ASSERT_TRUE(gateway_.awaitNote("closed"));
    letTimePass();
    EXPECT_EQ(rtms_stream_pause(stream_->handle(), RTMS_READ_ALL), RTMS_OK);
    expectAllLines(loop_);
}

TEST_F(LastWords, WaitForAReaderThatHasStalled) {
    TestLoop loop(RTMS_RING_MIN_BYTES);
    join(loop);
    loop.await(RTMS_KIND_JOINED);
    gateway_.signal("go");
    ASSERT_TRUE(gateway_.awaitNote("closed"));
    letTimePass();
    expectAllLines(loop);
}

TEST_F(LastWords, AreNotWaitedForAfterClose) { expectCutShortBy(rtms_stream_close); }

TEST_F(LastWords, AreNotWaitedForAfterLeave) { expectCutShortBy(rtms_stream_leave); }

TEST_F(LastWords, AreNotWaitedForAfterDestroy) { expectCutShortBy(rtms_stream_destroy); }

TEST_F(MediaLoss, WhatWasSentBeforeTheEndIsTakenInThoughAnotherMediumStillShakesHands) {
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        peer.receive(7);
        where.awaitSignal("sent");
        peer.close(1000);
    });
    gateway_.on("/transcript", [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        for (int line = 0; line < 100; ++line) {
            peer.send(transcript("line " + std::to_string(line)));
        }
        where.signal("sent");
        peer.close(1000);
    });
    gateway_.on("/audio", [](Gateway &, Peer &peer) {
        peer.receive(3);
        peer.drain();
    });
    stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"), 1 | 8);
    stream_->join();
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).code, 8);
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_E_CLOSED);
    EXPECT_EQ(loop_.seen(RTMS_KIND_TRANSCRIPT).size(), 100U);
}

TEST_F(MediaLoss, ARefusedMediumDoesNotDisturbTheOthers) {
    gateway_.on("/audio", [](Gateway &, Peer &peer) {
        peer.receive(3);
        peer.send(mediaAnswer(9));
        peer.drain();
    });
    stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"));
    stream_->join();
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).code, 8);
    const auto refused = loop_.seen(RTMS_KIND_MEDIA_REFUSED);
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0].code, 1);
    EXPECT_EQ(refused[0].detail, 9);
    EXPECT_NE(refused[0].payload.find("because"), std::string::npos);
    expectAlive();
}

TEST_F(MediaLoss, AMediumWhoseServerIsDeadDoesNotDisturbTheOthers) {
    std::string dead;
    {
        const Gateway gone;
        dead = gone.url("/audio");
    }
    gateway_.on("/signaling", [dead](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(R"({"audio":")" + dead + R"(","transcript":")" + where.url("/transcript") + "\"}"));
        noteSignaling(where, peer);
    });
    stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"));
    stream_->join();
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).code, 8);
    EXPECT_EQ(loop_.seen(RTMS_KIND_MEDIA_LOST).at(0).code, RTMS_E_CONNECT);
    expectAlive();
}

TEST_F(MediaLoss, LostSignalingClosesEverything) {
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        where.awaitSignal("drop");
        peer.hangUp();
    });
    stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"));
    stream_->join();
    loop_.await(RTMS_KIND_JOINED);
    gateway_.signal("drop");
    const Row end = loop_.awaitEnd();
    EXPECT_EQ(end.code, RTMS_E_CLOSED);
    EXPECT_EQ(end.detail, 1006);
    EXPECT_TRUE(gateway_.awaitNote("gone /audio"));
    EXPECT_TRUE(gateway_.awaitNote("gone /transcript"));
    EXPECT_TRUE(loop_.seen(RTMS_KIND_MEDIA_LOST).empty());
}

} // namespace
} // namespace rtms::test
