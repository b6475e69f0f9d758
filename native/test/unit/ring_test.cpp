#include "loop/ring.h"

#include <atomic>
#include <cstring>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "loop/record.h"
#include "loop/wake_socket.h"
#include "support/ring_reader.h"

namespace rtms {
namespace {

using test::RingReader;
using test::WakeListener;

/// A record of this length whose fields say its number.
void fill(std::byte *place, std::size_t length, std::int64_t number) {
    RecordHeader header{};
    header.length = static_cast<std::uint32_t>(length);
    header.kind = RTMS_KIND_AUDIO;
    header.userId = number;
    header.payloadLength = static_cast<std::uint32_t>(length - sizeof header);
    std::memcpy(place, &header, sizeof header);
    std::memset(place + sizeof header, static_cast<int>(number & 0x7F), length - sizeof header);
}

class RingTest : public testing::Test {
  protected:
    static constexpr std::size_t capacity = RTMS_RING_MIN_BYTES;

    bool put(std::size_t length, std::int64_t number) {
        std::byte *place = ring_.reserve(length);
        if (place == nullptr) {
            return false;
        }
        fill(place, length, number);
        ring_.commit();
        return true;
    }

    Ring ring_{capacity};
    WakeListener wake_;
    RingReader reader_{ring_.memory().place(), wake_, [] {}};
};

TEST_F(RingTest, AReservedRecordIsInvisibleUntilItIsCommitted) {
    std::byte *place = ring_.reserve(80);
    ASSERT_NE(place, nullptr);
    fill(place, 80, 1);
    EXPECT_FALSE(reader_.poll());
    ring_.commit();
    EXPECT_EQ(reader_.poll()->userId, 1);
}

TEST_F(RingTest, HoldsExactlyItsCapacity) {
    for (int index = 0; index < 4; ++index) {
        EXPECT_TRUE(put(capacity / 4, index));
    }
    EXPECT_EQ(ring_.reserve(80), nullptr);
    for (int index = 0; index < 4; ++index) {
        EXPECT_EQ(reader_.poll()->userId, index);
    }
    EXPECT_TRUE(put(80, 4));
}

TEST_F(RingTest, PadsTheEndWithAsLittleAsEightBytes) {
    ASSERT_TRUE(put(capacity / 2, 0));
    ASSERT_TRUE(put(capacity / 2 - 8, 1));
    EXPECT_EQ(ring_.reserve(80), nullptr);
    EXPECT_EQ(reader_.poll()->userId, 0);
    ASSERT_TRUE(put(80, 2));
    EXPECT_EQ(reader_.poll()->userId, 1);
    EXPECT_EQ(reader_.poll()->userId, 2);
    EXPECT_EQ(reader_.unread(), 0U);
}

TEST_F(RingTest, ARecordThatDoesNotFitLeavesNoTrace) {
    ASSERT_TRUE(put(capacity / 2, 0));
    ASSERT_TRUE(put(capacity / 4, 1));
    EXPECT_EQ(reader_.poll()->userId, 0);
    EXPECT_EQ(reader_.poll()->userId, 1);
    ASSERT_TRUE(put(capacity / 4 - 16, 2));
    EXPECT_EQ(ring_.reserve(capacity), nullptr);
    ASSERT_TRUE(put(16 + 80, 3));
    EXPECT_EQ(reader_.poll()->userId, 2);
    EXPECT_EQ(reader_.poll()->userId, 3);
}

// Both hand-shakes at once, on two real threads: a wake-up or a space call that is lost would leave one of them waiting
// for ever.
TEST(RingThreads, NothingIsLostOrDoubledWithASleepingReaderAndAFullRing) {
    constexpr std::int64_t count = 200'000;
    Ring ring(RTMS_RING_MIN_BYTES);
    WakeListener listener;
    std::atomic<int> spaces{0};
    RingReader reader(ring.memory().place(), listener, [&] {
        spaces.fetch_add(1);
        spaces.notify_one();
    });

    std::thread writer([&] {
        WakeSocket wake(listener.path());
        std::mt19937 random(7);
        for (std::int64_t number = 0; number < count; ++number) {
            const bool large = random() % 64 == 0;
            const std::size_t length = 80 + random() % (large ? 3000 : 40) * 8;
            std::byte *place = ring.reserve(length);
            while (place == nullptr) {
                const int seen = spaces.load();
                ring.announceWaiting();
                place = ring.reserve(length);
                if (place == nullptr) {
                    spaces.wait(seen);
                    place = ring.reserve(length);
                }
            }
            fill(place, length, number);
            if (ring.commit()) {
                wake.wake();
            }
        }
    });
    listener.accept();
    for (std::int64_t number = 0; number < count; ++number) {
        const auto row = reader.next(std::chrono::seconds(20));
        ASSERT_TRUE(row) << "a wake-up was lost at " << number;
        ASSERT_EQ(row->userId, number);
        ASSERT_EQ(row->payload.find_first_not_of(static_cast<char>(number & 0x7F)), std::string::npos);
    }
    writer.join();
    EXPECT_EQ(reader.unread(), 0U);
}

} // namespace
} // namespace rtms
