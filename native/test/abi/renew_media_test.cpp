#include <thread>

#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

constexpr std::int64_t anHour = 3'600'000;

/// A joined stream with audio and transcripts, whose media sockets are silent but alive.
class RenewMedia : public testing::Test {
  protected:
    RenewMedia() { serveAll(gateway_); }

    void join() {
        stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"));
        stream_->join();
        loop_.await(RTMS_KIND_JOINED);
    }

    void renew(std::int64_t silent) { EXPECT_EQ(rtms_stream_renew_media(stream_->handle(), silent), RTMS_OK); }

    /// Commands are carried out in order: what the last one did has been done.
    void expectNothingEnded() {
        EXPECT_EQ(rtms_stream_subscribe(stream_->handle(), 2, 1), RTMS_OK);
        EXPECT_TRUE(gateway_.awaitNote("signaling 5"));
        EXPECT_EQ(rtms_stream_leave(stream_->handle()), RTMS_OK);
        EXPECT_EQ(loop_.awaitEnd().code, RTMS_OK);
        EXPECT_TRUE(loop_.seen(RTMS_KIND_MEDIA_LOST).empty());
    }

    Gateway gateway_;
    TestLoop loop_;
    std::unique_ptr<TestStream> stream_;
};

TEST_F(RenewMedia, SocketsOfAPeerThatAnswersNothingAreLostAtOnceAndConnectAgain) {
    const auto dead = [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        where.awaitSignal("never");
    };
    gateway_.on("/audio", dead);
    gateway_.on("/transcript", dead);
    join();
    serveAll(gateway_);
    renew(0);
    std::int32_t lostTypes = 0;
    for (int count = 0; count < 2; ++count) {
        const Row lost = loop_.await(RTMS_KIND_MEDIA_LOST);
        EXPECT_EQ(lost.code, RTMS_E_KEEP_ALIVE);
        EXPECT_NE(lost.payload.find("silent"), std::string::npos);
        lostTypes |= lost.detail;
    }
    EXPECT_EQ(lostTypes, 1 | 8);
    EXPECT_EQ(rtms_stream_join_media(stream_->handle()), RTMS_OK);
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).code, 1 | 8);
    EXPECT_EQ(rtms_stream_leave(stream_->handle()), RTMS_OK);
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_OK);
}

TEST_F(RenewMedia, OnlyWhatHasBeenSilentForSoLongIsLost) {
    gateway_.on("/transcript", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        for (;;) {
            peer.send(transcript("line"));
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    });
    join();
    constexpr std::chrono::milliseconds silence(2000);
    const auto until = std::chrono::steady_clock::now() + silence;
    while (std::chrono::steady_clock::now() < until) { // the time itself is what is tested
        loop_.await(RTMS_KIND_TRANSCRIPT);
    }
    renew(silence.count());
    EXPECT_EQ(loop_.await(RTMS_KIND_MEDIA_LOST).detail, 1);
    loop_.await(RTMS_KIND_TRANSCRIPT);
    EXPECT_EQ(rtms_stream_join_media(stream_->handle()), RTMS_OK);
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).code, 1 | 8);
    EXPECT_EQ(loop_.seen(RTMS_KIND_MEDIA_LOST).size(), 1U);
    EXPECT_EQ(gateway_.notes("accepted /transcript"), 1);
}

TEST_F(RenewMedia, NothingHappensWhereNothingWasSilentSoLong) {
    join();
    renew(anHour);
    renew(INT64_MAX);
    expectNothingEnded();
}

TEST_F(RenewMedia, SocketsThatAreNotReadDoNotCountAsSilent) {
    join();
    EXPECT_EQ(rtms_stream_pause(stream_->handle(), RTMS_READ_SIGNALING), RTMS_OK);
    renew(0);
    expectNothingEnded();
}

TEST_F(RenewMedia, ASocketThatStillShakesHandsIsLeftAlone) {
    gateway_.on("/audio", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        peer.hangUp();
    });
    join();
    loop_.await(RTMS_KIND_MEDIA_LOST);
    gateway_.on("/audio", [](Gateway &where, Peer &peer) {
        peer.receive(3);
        where.note("asked");
        where.awaitSignal("answer");
        peer.send(mediaAnswer());
        peer.drain();
    });
    EXPECT_EQ(rtms_stream_join_media(stream_->handle()), RTMS_OK);
    ASSERT_TRUE(gateway_.awaitNote("asked"));
    renew(0);
    EXPECT_EQ(loop_.await(RTMS_KIND_MEDIA_LOST).detail, 8);
    gateway_.signal("answer");
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).code, 1);
}

TEST_F(RenewMedia, AStreamThatIsNotJoinedHasNothingToRenew) {
    const TestStream idle(loop_, gateway_.url("/signaling"));
    EXPECT_EQ(rtms_stream_renew_media(idle.handle(), 0), RTMS_E_STATE);
    join();
    EXPECT_EQ(rtms_stream_renew_media(stream_->handle(), -1), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_stream_close(stream_->handle()), RTMS_OK);
    loop_.awaitEnd();
    EXPECT_EQ(rtms_stream_renew_media(stream_->handle(), 0), RTMS_E_STATE);
}

} // namespace
} // namespace rtms::test
