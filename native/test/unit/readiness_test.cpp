#include "engine/readiness.h"

#include <array>
#include <functional>
#include <stdexcept>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rtms::test {
namespace {

/// One end of a connection, and what it has been told.
class End final : public Readiness::Listener {
  public:
    explicit End(std::shared_ptr<Readiness> readiness) : readiness_(std::move(readiness)) {
        std::array<int, 2> both{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, both.data()), 0);
        ours_ = both[0];
        theirs_ = both[1];
        boost::system::error_code error;
        number_ = readiness_->add(ours_, *this, error);
        EXPECT_FALSE(error);
    }
    ~End() {
        remove();
        ::close(ours_);
        hangUp();
    }
    End(const End &) = delete;
    End &operator=(const End &) = delete;

    void onReady(Readiness::News news) override {
        told.push_back(news);
        whenTold();
    }
    void onAbandoned() override {
        isAbandoned = true;
        readiness_ = nullptr;
    }

    void remove() {
        if (readiness_) {
            readiness_->remove(ours_, number_);
        }
    }
    void receive() const { EXPECT_EQ(::send(theirs_, "x", 1, MSG_NOSIGNAL), 1); }
    void hangUp() {
        if (theirs_ >= 0) {
            ::close(std::exchange(theirs_, -1));
        }
    }

    std::vector<Readiness::News> told;
    std::function<void()> whenTold = [] {};
    bool isAbandoned = false;

  private:
    std::shared_ptr<Readiness> readiness_;
    int ours_ = -1;
    int theirs_ = -1;
    std::uint64_t number_ = 0;
};

class ReadinessTest : public testing::Test {
  protected:
    ReadinessTest() {
        turn(); // both can be written
        one_->told.clear();
        other_->told.clear();
    }

    void turn() {
        context_->restart();
        context_->poll();
    }

    std::unique_ptr<boost::asio::io_context> context_ = std::make_unique<boost::asio::io_context>(1);
    std::shared_ptr<Readiness> readiness_ = std::make_shared<Readiness>(*context_);
    std::unique_ptr<End> one_ = std::make_unique<End>(readiness_);
    std::unique_ptr<End> other_ = std::make_unique<End>(readiness_);
};

TEST_F(ReadinessTest, WhatComesIsToldOnce) {
    one_->receive();
    turn();
    turn(); // nobody has read it
    ASSERT_EQ(one_->told.size(), 1U);
    EXPECT_TRUE(one_->told[0].readable);
    EXPECT_FALSE(one_->told[0].ended);
    EXPECT_TRUE(other_->told.empty());
    one_->receive();
    turn();
    EXPECT_EQ(one_->told.size(), 2U);
}

TEST_F(ReadinessTest, AnEndThatComesWithTheLastBytesIsToldWithThem) {
    one_->receive();
    one_->hangUp();
    turn();
    ASSERT_EQ(one_->told.size(), 1U);
    EXPECT_TRUE(one_->told[0].readable);
    EXPECT_TRUE(one_->told[0].ended);
}

TEST_F(ReadinessTest, WhoWasRemovedInTheSameTurnIsNotTold) {
    const auto removeBoth = [this] {
        one_->remove();
        other_->remove();
    };
    one_->whenTold = removeBoth;
    other_->whenTold = removeBoth;
    one_->receive();
    other_->receive();
    turn();
    EXPECT_EQ(one_->told.size() + other_->told.size(), 1U);
}

TEST_F(ReadinessTest, WhatOneThrowsHidesNothingFromOthers) {
    const auto fail = [] { throw std::runtime_error("a listener's own affair"); };
    one_->whenTold = fail;
    other_->whenTold = fail;
    one_->receive();
    other_->receive();
    EXPECT_THROW(turn(), std::runtime_error);
    EXPECT_EQ(one_->told.size(), 1U);
    EXPECT_EQ(other_->told.size(), 1U);
    one_->receive();
    EXPECT_THROW(turn(), std::runtime_error);
    EXPECT_EQ(one_->told.size(), 2U);
}

TEST_F(ReadinessTest, WithoutSocketsTheLoopHasNothingToWaitFor) {
    one_->remove();
    other_->remove();
    context_->restart();
    context_->run(); // returns
    End third(readiness_);
    turn();
    EXPECT_EQ(third.told.size(), 1U);
}

TEST_F(ReadinessTest, ASocketThatComesAsTheLastOneGoesIsToldOf) {
    one_->remove();
    other_->remove();
    End third(readiness_);
    turn();
    ASSERT_EQ(third.told.size(), 1U);
    EXPECT_TRUE(third.told[0].writable);
}

TEST_F(ReadinessTest, WhoIsLeftWhenTheLoopEndsHearsOfThat) {
    readiness_ = nullptr; // who waits holds it
    context_ = nullptr;
    EXPECT_TRUE(one_->isAbandoned);
    EXPECT_TRUE(other_->isAbandoned);
}

} // namespace
} // namespace rtms::test
