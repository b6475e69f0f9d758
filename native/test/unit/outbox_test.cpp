#include "loop/outbox.h"

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "loop/wake_socket.h"
#include "support/ring_reader.h"

namespace rtms {
namespace {

using test::RingReader;
using test::Row;
using test::WakeListener;

class OutboxTest : public testing::Test {
  protected:
    OutboxTest() { listener_.accept(); }

    static Record record(std::int64_t number, std::string_view payload = {}) {
        Record made;
        made.kind = RTMS_KIND_TRANSCRIPT;
        made.stream = 5;
        made.userId = number;
        made.payload = payload;
        return made;
    }

    /// Fills the ring and lets `waiting` more records wait. Returns how many were written.
    std::int64_t overfill(int waiting) {
        const std::string payload(1000, 'x');
        std::int64_t number = 0;
        while (!outbox_.waiting()) {
            outbox_.write(record(number++, payload));
        }
        for (int index = 1; index < waiting; ++index) {
            outbox_.write(record(number++, payload));
        }
        return number;
    }

    Ring ring_{RTMS_RING_MIN_BYTES};
    WakeListener listener_;
    WakeSocket wake_{listener_.path()};
    int waitingCalls_ = 0;
    int spaceCalls_ = 0;
    Outbox outbox_{ring_, [this] { wake_.wake(); }, [this] { ++waitingCalls_; }};
    RingReader reader_{ring_.memory().place(), listener_, [this] { ++spaceCalls_; }};
};

TEST_F(OutboxTest, WritesEveryFieldOfARecord) {
    Record made = record(1, "payload");
    made.timestamp = 2;
    made.start = 3;
    made.end = 4;
    made.arrival = 5;
    made.code = -6;
    made.detail = 7;
    made.name = "name";
    made.extra = "{\"a\":1}";
    outbox_.write(made);
    const Row row = *reader_.poll();
    EXPECT_EQ(row.kind, RTMS_KIND_TRANSCRIPT);
    EXPECT_EQ(row.flags, 0);
    EXPECT_EQ(row.stream, 5);
    EXPECT_EQ(row.userId, 1);
    EXPECT_EQ(row.timestamp, 2);
    EXPECT_EQ(row.start, 3);
    EXPECT_EQ(row.end, 4);
    EXPECT_EQ(row.arrival, 5);
    EXPECT_EQ(row.code, -6);
    EXPECT_EQ(row.detail, 7);
    EXPECT_EQ(row.name, "name");
    EXPECT_EQ(row.payload, "payload");
    EXPECT_EQ(row.extra, "{\"a\":1}");
}

TEST_F(OutboxTest, CutsPayloadsAboveAQuarterOfTheRing) {
    const std::string payload = std::string(16384, 'a') + std::string(16384, 'b') + "c";
    Record made = record(9, payload);
    made.name = "n";
    outbox_.write(made);
    std::string whole;
    for (const int flags : {RTMS_FLAG_MORE, RTMS_FLAG_MORE, 0}) {
        const Row row = *reader_.poll();
        EXPECT_EQ(row.flags, flags);
        EXPECT_EQ(row.userId, 9);
        EXPECT_EQ(row.name, "n");
        whole += row.payload;
    }
    EXPECT_EQ(whole, payload);
    outbox_.write(record(10, std::string(16384, 'a')));
    EXPECT_EQ(reader_.poll()->flags, 0);
}

TEST_F(OutboxTest, FillsPayloadsInPlace) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{10}, std::size_t{16384}, std::size_t{20000}}) {
        std::uint8_t *place = outbox_.begin(record(1), size);
        std::fill_n(place, size, std::uint8_t{'z'});
        outbox_.commit();
        std::string whole;
        while (const auto row = reader_.poll()) {
            whole += row->payload;
        }
        EXPECT_EQ(whole, std::string(size, 'z'));
    }
}

TEST_F(OutboxTest, ADiscardedRecordLeavesNoTrace) {
    overfill(1);
    while (reader_.poll()) {
    }
    EXPECT_TRUE(outbox_.drain());
    while (reader_.poll()) {
    }
    for (const std::size_t size : {std::size_t{10}, std::size_t{20000}}) {
        outbox_.begin(record(1), size);
        outbox_.discard();
    }
    EXPECT_FALSE(reader_.poll());
    outbox_.write(record(2));
    EXPECT_EQ(reader_.poll()->userId, 2);
}

TEST_F(OutboxTest, WhatDoesNotFitWaitsInOrder) {
    const std::int64_t written = overfill(100);
    EXPECT_EQ(waitingCalls_, 1);
    std::int64_t next = 0;
    while (next < written) {
        while (const auto row = reader_.poll()) {
            ASSERT_EQ(row->userId, next++);
        }
        outbox_.drain();
    }
    EXPECT_GE(spaceCalls_, 1);
    EXPECT_FALSE(outbox_.waiting());
    EXPECT_EQ(outbox_.waitingBytes(), 0U);
    EXPECT_FALSE(reader_.poll());
}

TEST_F(OutboxTest, ASmallRecordDoesNotOvertakeAWaitingLargeOne) {
    const std::int64_t written = overfill(1);
    reader_.poll();
    outbox_.write(record(written));
    std::int64_t next = 1;
    while (next <= written) {
        while (const auto row = reader_.poll()) {
            ASSERT_EQ(row->userId, next++);
        }
        outbox_.drain();
    }
}

TEST_F(OutboxTest, TheReaderIsToldToSayWhenThereIsSpace) {
    overfill(1);
    EXPECT_EQ(spaceCalls_, 0);
    reader_.poll();
    EXPECT_EQ(spaceCalls_, 1);
    reader_.poll();
    EXPECT_EQ(spaceCalls_, 1);
    EXPECT_TRUE(outbox_.drain());
}

TEST_F(OutboxTest, BoundsNamesAndExtras) {
    std::string name(1023, 'n');
    name += "\xc3\xa9";
    Record made = record(1, "p");
    made.name = name;
    const std::string extra(9000, 'e');
    made.extra = extra;
    outbox_.write(made);
    const Row row = *reader_.poll();
    EXPECT_EQ(row.name, std::string(1023, 'n'));
    EXPECT_EQ(row.payload, "p");
    EXPECT_EQ(row.extra, "");
}

TEST_F(OutboxTest, TheLargestRecordFitsIntoTheSmallestRing) {
    const std::string name(5000, 'n');
    const std::string extra(8192, 'e');
    const std::string payload(16384, 'p');
    std::mt19937 random(3);
    for (int round = 0; round < 200; ++round) {
        outbox_.write(record(0, std::string(random() % 2000, 'x')));
        Record made = record(1, payload);
        made.name = name;
        made.extra = extra;
        while (reader_.poll()) {
        }
        outbox_.write(made);
        EXPECT_FALSE(outbox_.waiting());
    }
}

} // namespace
} // namespace rtms
