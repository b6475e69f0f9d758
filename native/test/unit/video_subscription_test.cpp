#include "engine/video_subscription.h"

#include <gtest/gtest.h>

namespace rtms {
namespace {

using Request = std::optional<VideoSubscription::Request>;

class VideoSubscriptionTest : public testing::Test {
  protected:
    static void expectRequest(const Request &request, std::int64_t userId, bool on) {
        ASSERT_TRUE(request);
        EXPECT_EQ(request->userId, userId);
        EXPECT_EQ(request->on, on);
    }

    VideoSubscription video_;
};

TEST_F(VideoSubscriptionTest, AWishWaitsUntilVideoIsReady) {
    EXPECT_FALSE(video_.ask(7, true));
    expectRequest(video_.videoReady(), 7, true);
}

TEST_F(VideoSubscriptionTest, TheLastWishCounts) {
    EXPECT_FALSE(video_.ask(7, true));
    EXPECT_FALSE(video_.ask(8, true));
    expectRequest(video_.videoReady(), 8, true);
    expectRequest(video_.ask(9, true), 9, true);
}

TEST_F(VideoSubscriptionTest, AWishThatIsTakenBackBeforeIsNotSent) {
    video_.ask(7, true);
    EXPECT_FALSE(video_.ask(7, false));
    EXPECT_FALSE(video_.videoReady());
}

TEST_F(VideoSubscriptionTest, TakingBackIsSent) {
    video_.videoReady();
    video_.ask(7, true);
    expectRequest(video_.ask(7, false), 7, false);
    video_.videoLost();
    EXPECT_FALSE(video_.videoReady());
}

TEST_F(VideoSubscriptionTest, TakingBackSomebodyElsesIsSentAndChangesNoWish) {
    video_.ask(7, true);
    EXPECT_FALSE(video_.ask(8, false));
    video_.videoReady();
    expectRequest(video_.ask(8, false), 8, false);
    video_.videoLost();
    expectRequest(video_.videoReady(), 7, true);
}

TEST_F(VideoSubscriptionTest, WhatIsConfirmedIsNotAskedForTwice) {
    for (const std::int32_t status : {0, 44}) {
        VideoSubscription video;
        video.videoReady();
        video.ask(7, true);
        expectRequest(video.ask(7, true), 7, true); // not confirmed yet
        video.answered(7, 0);
        video.answered(7, status);
        EXPECT_FALSE(video.ask(7, true));
        expectRequest(video.ask(8, true), 8, true);
    }
}

TEST_F(VideoSubscriptionTest, ALossMakesItAskAgain) {
    video_.ask(7, true);
    video_.videoReady();
    video_.answered(7, 0);
    video_.videoLost();
    EXPECT_FALSE(video_.ask(7, true));
    expectRequest(video_.videoReady(), 7, true);
    video_.signalingLost();
    expectRequest(video_.videoReady(), 7, true);
}

TEST_F(VideoSubscriptionTest, ARefusedWishIsForgotten) {
    video_.ask(7, true);
    video_.videoReady();
    video_.answered(7, 2);
    video_.videoLost();
    EXPECT_FALSE(video_.videoReady());
    expectRequest(video_.ask(7, true), 7, true); // but may be made again
}

TEST_F(VideoSubscriptionTest, AnAnswerThatNamesNobodyIsForTheOldestRequest) {
    video_.videoReady();
    video_.ask(7, true);
    video_.ask(8, true);
    video_.answered(std::nullopt, 2); // 7, which nobody wishes for any more
    video_.answered(std::nullopt, 0);
    EXPECT_FALSE(video_.ask(8, true));
}

TEST_F(VideoSubscriptionTest, AnswersAboutOthersChangeNothing) {
    video_.videoReady();
    video_.ask(7, true);
    video_.answered(9, 2);
    video_.answered(9, 0);
    video_.videoLost();
    expectRequest(video_.videoReady(), 7, true);
}

TEST_F(VideoSubscriptionTest, TheRefusalToTakeBackDoesNotForgetANewWish) {
    video_.videoReady();
    video_.ask(7, true);
    video_.answered(7, 0);
    video_.ask(7, false);
    video_.ask(7, true);
    video_.answered(7, 4); // to the taking back
    video_.videoLost();
    expectRequest(video_.videoReady(), 7, true);
}

TEST_F(VideoSubscriptionTest, ALateRefusalFromBeforeTheLossDoesNotForgetTheWish) {
    video_.ask(7, true);
    video_.videoReady();
    video_.videoLost();
    video_.videoReady();
    video_.answered(7, 7); // to the first
    video_.answered(7, 0);
    EXPECT_FALSE(video_.ask(7, true));
}

TEST_F(VideoSubscriptionTest, AnswersThatNobodyAskedForDoNoHarm) {
    video_.answered(std::nullopt, 0);
    video_.answered(7, 2);
    video_.videoReady();
    video_.answered(7, 2);
    video_.ask(7, true);
    video_.answered(7, 0);
    video_.answered(7, 2);
    EXPECT_FALSE(video_.ask(7, true));
}

TEST_F(VideoSubscriptionTest, AServerThatNeverAnswersIsBorneWith) {
    video_.videoReady();
    for (std::int64_t user = 1; user < 1000; ++user) {
        video_.ask(user, true);
    }
    video_.answered(999, 0);
    EXPECT_FALSE(video_.ask(999, true));
}

} // namespace
} // namespace rtms
