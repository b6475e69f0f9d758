#include <thread>

#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

Row pulse(TestLoop &loop) {
    EXPECT_EQ(rtms_loop_pulse(loop.handle()), RTMS_OK);
    return loop.await(RTMS_KIND_PULSE);
}

TEST(Pulse, AnIdleLoopAnswers) {
    TestLoop loop;
    const Row answer = pulse(loop);
    EXPECT_EQ(answer.stream, 0);
    EXPECT_EQ(answer.code, 0);
    EXPECT_EQ(answer.detail, 0);
}

TEST(Pulse, TellsOfAttemptsAndOfTheLongestSilence) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/audio", [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        where.awaitSignal("never");
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    const auto joined = std::chrono::steady_clock::now();
    std::int64_t silence = 0;
    while (silence < 300 && std::chrono::steady_clock::now() - joined < patience) {
        const Row answer = pulse(loop);
        EXPECT_EQ(answer.code, 1);
        silence = answer.detail;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_GE(silence, 300);
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    loop.awaitEnd();
    EXPECT_EQ(pulse(loop).detail, 0);
}

TEST(Pulse, SocketsThatAreNotReadAreNotSilent) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_NOTHING), RTMS_OK);
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    std::this_thread::sleep_for(std::chrono::milliseconds(200)); // what would be told if they counted
    EXPECT_LT(pulse(loop).detail, 200);
}

TEST(Pulse, AStoppedLoopHasNone) {
    TestLoop loop;
    EXPECT_EQ(rtms_loop_stop(loop.handle()), RTMS_OK);
    EXPECT_EQ(rtms_loop_pulse(loop.handle()), RTMS_E_STOPPED);
}

/// LOG records up to DISCONNECTED of a stream that finds no server.
int linesOfAFailure(std::int32_t level) {
    EXPECT_EQ(rtms_set_log_level(level), RTMS_OK);
    TestLoop loop;
    TestStream stream(loop, "ws://127.0.0.1:1/");
    stream.join();
    int lines = 0;
    while (const auto row = loop.reader().next(patience)) {
        if (row->kind == RTMS_KIND_DISCONNECTED) {
            break;
        }
        if (row->kind == RTMS_KIND_LOG) {
            ++lines;
            EXPECT_EQ(row->code, 4);
            EXPECT_EQ(row->stream, stream.handle());
        }
    }
    EXPECT_EQ(rtms_set_log_level(3), RTMS_OK);
    return lines;
}

TEST(LogLevel, DebugLinesAreWrittenWhereTheyAreAskedFor) {
    EXPECT_EQ(linesOfAFailure(3), 0);
    EXPECT_GE(linesOfAFailure(4), 1);
    EXPECT_GE(linesOfAFailure(5), 1);
    EXPECT_EQ(linesOfAFailure(0), 0);
}

TEST(LogLevel, OthersAreInvalid) {
    EXPECT_EQ(rtms_set_log_level(-1), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_set_log_level(6), RTMS_E_INVALID_ARGUMENT);
}

} // namespace
} // namespace rtms::test
