#include <array>
#include <atomic>
#include <csignal>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

class Isolation : public testing::Test {
  protected:
    Isolation() { serveAll(gateway_); }

    pid_t process() const { return static_cast<pid_t>(rtms_loop_process(loop_.handle())); }

    /// As foreign code would. Sanitizers would make an exit of SIGSEGV.
    void crash() {
        ASSERT_EQ(::kill(process(), SIGABRT), 0);
        loop_.awaitCrash();
    }

    TestStream joined() {
        TestStream stream(loop_, gateway_.url("/signaling"));
        stream.join();
        loop_.await(RTMS_KIND_JOINED);
        return stream;
    }

    Gateway gateway_;
    TestLoop loop_{1 << 20, true};
};

bool isGone(pid_t process) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (::kill(process, 0) == 0) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

std::string commandOf(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/cmdline");
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(Isolation, ALoopHasAProcessOfItsOwn) {
    EXPECT_NE(process(), ::getpid());
    EXPECT_NE(commandOf(process()).find("rtms-worker"), std::string::npos);
    EXPECT_STREQ(rtms_loop_engine(loop_.handle()), rtms_version());
    EXPECT_EQ(::getpgid(process()), process());
    const TestLoop second(1 << 20, true);
    EXPECT_NE(rtms_loop_process(second.handle()), process());
}

TEST_F(Isolation, ALocalLoopHasNone) {
    TestLoop local(1 << 20, false);
    EXPECT_EQ(rtms_loop_process(local.handle()), 0);
    EXPECT_EQ(rtms_loop_kill(local.handle()), RTMS_E_STATE);
    EXPECT_EQ(local.restart(), RTMS_E_STATE);
    EXPECT_STREQ(rtms_loop_engine(local.handle()), rtms_version());
}

TEST_F(Isolation, ACrashEndsEveryAttemptOnceAndStreamsJoinAgain) {
    const TestStream first = joined();
    joined();
    const TestStream idle(loop_, gateway_.url("/signaling"));
    const pid_t before = process();
    crash();
    ASSERT_EQ(loop_.restart(), RTMS_OK);
    EXPECT_NE(process(), before);
    loop_.settle();
    const auto ends = loop_.seen(RTMS_KIND_DISCONNECTED);
    ASSERT_EQ(ends.size(), 2U);
    for (const Row &end : ends) {
        EXPECT_EQ(end.code, RTMS_E_WORKER);
        EXPECT_EQ(end.payload, "the worker process was ended by signal 6");
        EXPECT_NE(end.stream, idle.handle());
    }
    EXPECT_EQ(rtms_stream_leave(first.handle()), RTMS_E_STATE);
    EXPECT_EQ(rtms_stream_join(first.handle()), RTMS_OK);
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).stream, first.handle());
    EXPECT_EQ(rtms_stream_join(idle.handle()), RTMS_OK);
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).stream, idle.handle());
    EXPECT_EQ(rtms_stream_leave(first.handle()), RTMS_OK);
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_OK);
}

TEST_F(Isolation, AnotherLoopNoticesNothing) {
    TestLoop other(1 << 20, true);
    TestStream stream(other, gateway_.url("/signaling"));
    stream.join();
    other.await(RTMS_KIND_JOINED);
    crash();
    other.settle();
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    EXPECT_EQ(other.awaitEnd().code, RTMS_OK);
}

TEST_F(Isolation, WhatIsInTheRingAtTheCrashCanBeRead) {
    gateway_.on("/audio", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        for (int number = 0; number < 100; ++number) {
            peer.send(audio("frame", number));
        }
        peer.drain();
    });
    joined();
    while (loop_.reader().unread() < 100 * 88) { // nothing else comes after JOINED
        std::this_thread::yield();
    }
    crash();
    EXPECT_EQ(loop_.seen(RTMS_KIND_AUDIO).size(), 100U);
}

TEST_F(Isolation, EventsVideoAndPausesAreKeptForTheNextWorker) {
    gateway_.on("/video", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        peer.drain();
    });
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(
            signalingAnswer(R"({"audio":")" + where.url("/audio") + R"(","video":")" + where.url("/video") + "\"}"));
        noteSignaling(where, peer);
    });
    TestStream stream(loop_, gateway_.url("/signaling"), 1 | 2);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 2, 1), RTMS_OK);
    EXPECT_EQ(rtms_stream_subscribe_video(stream.handle(), 77, 1), RTMS_OK);
    stream.join();
    loop_.await(RTMS_KIND_JOINED);
    EXPECT_TRUE(gateway_.awaitNote("signaling 28"));
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_SIGNALING), RTMS_OK);
    loop_.settle();
    crash();
    ASSERT_EQ(loop_.restart(), RTMS_OK);
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_E_WORKER);
    stream.join();
    EXPECT_TRUE(gateway_.awaitNote("signaling 5", 2));
    EXPECT_TRUE(gateway_.awaitNote("signaling 28", 2));
    loop_.await(RTMS_KIND_JOINED);
    std::this_thread::sleep_for(std::chrono::milliseconds(150)); // in which sockets that are read would become silent
    EXPECT_EQ(rtms_loop_pulse(loop_.handle()), RTMS_OK);
    EXPECT_EQ(loop_.await(RTMS_KIND_PULSE).code, 1);
}

TEST_F(Isolation, TlsSettingsAreKeptForTheNextWorker) {
    Gateway secure(Certificate("IP:127.0.0.1"));
    serveAll(secure);
    EXPECT_EQ(rtms_loop_set_tls(loop_.handle(), "", 0), RTMS_OK);
    crash();
    ASSERT_EQ(loop_.restart(), RTMS_OK);
    TestStream(loop_, secure.url("/signaling")).join();
    loop_.await(RTMS_KIND_JOINED);
}

TEST_F(Isolation, AWorkerThatHangsDelaysNobodyAndCanBeReplaced) {
    const TestStream stream = joined();
    ASSERT_EQ(::kill(process(), SIGSTOP), 0);
    const std::string session(1000, 's');
    const auto begin = std::chrono::steady_clock::now();
    for (int number = 0; number < 2000; ++number) { // more than the socket takes
        EXPECT_EQ(rtms_stream_query_session_state(stream.handle(), session.c_str()), RTMS_OK);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
    EXPECT_EQ(rtms_loop_kill(loop_.handle()), RTMS_OK);
    loop_.awaitCrash();
    ASSERT_EQ(loop_.restart(), RTMS_OK);
    EXPECT_EQ(loop_.awaitEnd().payload, "the worker process was ended by signal 9");
}

TEST_F(Isolation, ARestartReplacesAWorkerThatStillRuns) {
    joined();
    const pid_t before = process();
    ASSERT_EQ(loop_.restart(), RTMS_OK);
    EXPECT_TRUE(isGone(before));
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_E_WORKER);
}

TEST_F(Isolation, AnEndThatNeverCameIntoTheRingIsToldAfterwards) {
    TestLoop loop(RTMS_RING_MIN_BYTES, true);
    constexpr std::size_t count = 1000; // more than the ring takes
    std::vector<TestStream> streams;
    for (std::size_t number = 0; number < count; ++number) {
        streams.emplace_back(loop, "ws://127.0.0.1:1").join();
    }
    while (loop.reader().unread() < RTMS_RING_MIN_BYTES - 1000) {
        std::this_thread::yield();
    }
    EXPECT_EQ(rtms_loop_kill(loop.handle()), RTMS_OK);
    loop.awaitCrash();
    const std::size_t before = loop.seen(RTMS_KIND_DISCONNECTED).size();
    EXPECT_LT(before, count);
    ASSERT_EQ(loop.restart(), RTMS_OK);
    loop.awaitAll(RTMS_KIND_DISCONNECTED, count);
    loop.settle();
    EXPECT_EQ(loop.seen(RTMS_KIND_DISCONNECTED).size(), count);
}

TEST_F(Isolation, EveryJoinThatWasAcceptedAroundCrashesEndsOnce) {
    std::vector<TestStream> streams;
    for (int number = 0; number < 8; ++number) {
        streams.emplace_back(loop_, gateway_.url("/signaling")).join();
    }
    std::size_t accepted = streams.size();
    std::atomic<bool> going{true};
    std::thread closer([&] {
        while (going) {
            for (const TestStream &stream : streams) {
                rtms_stream_close(stream.handle());
                std::this_thread::yield();
            }
        }
    });
    std::size_t ended = 0;
    for (int crashes = 0; crashes < 10;) {
        const auto row = loop_.reader().next(patience);
        if (!row) {
            ASSERT_TRUE(loop_.reader().ended());
            ASSERT_EQ(loop_.restart(), RTMS_OK);
            ++crashes;
        } else if (row->kind == RTMS_KIND_DISCONNECTED) {
            ++ended;
            accepted += rtms_stream_join(row->stream) == RTMS_OK ? 1 : 0;
            if (ended % 50 == 0) {
                EXPECT_EQ(rtms_loop_kill(loop_.handle()), RTMS_OK);
            }
        }
    }
    EXPECT_EQ(rtms_loop_stop(loop_.handle()), RTMS_OK);
    loop_.await(RTMS_KIND_LOOP_STOPPED);
    going = false;
    closer.join();
    EXPECT_EQ(ended + loop_.seen(RTMS_KIND_DISCONNECTED).size(), accepted);
}

TEST_F(Isolation, AWorkerEndsByItsOwnersWordAlone) {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGPIPE}) {
        ASSERT_EQ(::kill(process(), signal), 0);
    }
    loop_.settle();
}

TEST_F(Isolation, AStoppedLoopIsNotStartedAgain) {
    EXPECT_EQ(rtms_loop_stop(loop_.handle()), RTMS_OK);
    loop_.await(RTMS_KIND_LOOP_STOPPED);
    EXPECT_EQ(loop_.restart(), RTMS_E_STOPPED);
}

TEST_F(Isolation, DestroyEndsAWorkerThatHangs) {
    const pid_t worker = process();
    joined();
    ASSERT_EQ(::kill(worker, SIGSTOP), 0);
    const auto begin = std::chrono::steady_clock::now();
    loop_.destroy();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
    EXPECT_EQ(::kill(worker, 0), -1);
}

TEST_F(Isolation, AWorkerEndsWithItsOwner) {
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "ThreadSanitizer allows no threads after a fork";
#endif
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const WakeListener wake;
    const pid_t owner = ::fork();
    if (owner == 0) {
        const std::int64_t loop = createLoop("orphan", RTMS_RING_MIN_BYTES, wake.path(), true);
        const std::int64_t worker = rtms_loop_process(loop);
        const ssize_t written = ::write(pipe[1], &worker, sizeof worker);
        ::_exit(written == sizeof worker ? 0 : 1);
    }
    std::int64_t worker = 0;
    ASSERT_EQ(::read(pipe[0], &worker, sizeof worker), static_cast<ssize_t>(sizeof worker));
    ::waitpid(owner, nullptr, 0);
    EXPECT_GT(worker, 0);
    EXPECT_TRUE(isGone(static_cast<pid_t>(worker)));
    ::close(pipe[0]);
    ::close(pipe[1]);
}

TEST_F(Isolation, NoDescriptorOfTheOwnerIsInherited) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    TestLoop loop(1 << 20, true);
    ::close(pipe[1]);
    ::fcntl(pipe[0], F_SETFL, O_NONBLOCK);
    char byte = 0;
    EXPECT_EQ(::read(pipe[0], &byte, 1), 0); // its end: nobody has the other side
    ::close(pipe[0]);
}

TEST_F(Isolation, AWorkerThatCannotBeStartedIsAnError) {
    const WakeListener wake;
    const char *path = wake.path().c_str();
    EXPECT_EQ(rtms_loop_create_isolated("x", 65536, path, "/nowhere/rtms-worker", RTMS_TEST_LIBRARY), RTMS_E_WORKER);
    EXPECT_EQ(rtms_loop_create_isolated("x", 65536, path, RTMS_TEST_WORKER, "/nowhere/librtms.so"), RTMS_E_WORKER);
    EXPECT_EQ(rtms_loop_create_isolated("x", 65536, path, "/bin/true", RTMS_TEST_LIBRARY), RTMS_E_WORKER);
}

} // namespace
} // namespace rtms::test
