// The adapter for Zoom's SDK, on a stand-in that does wrong what the original is known to do wrong.

#include <algorithm>
#include <cstdlib>
#include <string>
#include <thread>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

class Zoom : public testing::Test {
  protected:
    Zoom() { serveAll(gateway_); }
    ~Zoom() override { ::unsetenv("ZOOM_STUB"); }

    static void misbehave(const std::string &how) { ::setenv("ZOOM_STUB", how.c_str(), 1); }

    Row endOfJoin(const std::string &how) {
        misbehave(how);
        TestLoop loop;
        TestStream stream(loop, gateway_.url("/signaling"));
        stream.set(RTMS_INT_CONNECT_TIMEOUT_MS, 100).set(RTMS_INT_HANDSHAKE_TIMEOUT_MS, 100);
        stream.join();
        return loop.awaitEnd();
    }

    /// On an audio socket: as soon as the test says so.
    void sendAudio(int frames) {
        gateway_.on("/audio", [frames](Gateway &where, Peer &peer) {
            acceptMedia(peer);
            where.awaitSignal("go");
            for (int number = 0; number < frames; ++number) {
                peer.send(audio("frame", 1000 + number));
            }
            peer.drain();
        });
    }

    Gateway gateway_;
};

TEST_F(Zoom, TheEngineSaysWhatItIs) {
    TestLoop loop;
    EXPECT_EQ(std::string(rtms_version()).rfind("zoom", 0), 0U);
    EXPECT_STREQ(rtms_loop_engine(loop.handle()), rtms_version());
}

TEST_F(Zoom, WhateverACallAnswersEndsTheAttemptInWords) {
    for (const std::string call : {"open", "config", "join", "poll"}) {
        for (const auto &[answer, code] :
             {std::pair(-1, RTMS_E_CONNECT), std::pair(1, RTMS_E_TIMEOUT), std::pair(3, RTMS_E_INVALID_ARGUMENT),
              std::pair(4, RTMS_E_STATE), std::pair(5, RTMS_E_INVALID_ARGUMENT)}) {
            const Row end = endOfJoin(call + "=" + std::to_string(answer));
            EXPECT_EQ(end.code, code) << call;
            EXPECT_EQ(end.payload.rfind("Zoom's SDK: " + call + " answered " + std::to_string(answer), 0), 0U)
                << end.payload;
        }
    }
    EXPECT_EQ(endOfJoin("join=2").code, RTMS_E_CONNECT);
    EXPECT_EQ(endOfJoin("null").code, RTMS_E_RESOURCES);
}

TEST_F(Zoom, AProxyThatItDoesNotTakeEndsTheAttempt) {
    misbehave("set_proxy=3");
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"));
    stream.set(RTMS_STRING_PROXY, "http://127.0.0.1:1").join();
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_INVALID_ARGUMENT);
}

TEST_F(Zoom, AJoinThatIsConfirmedWithAnErrorOrNeverEnds) {
    const Row refused = endOfJoin("confirm=3");
    EXPECT_EQ(refused.code, RTMS_E_CONNECT);
    EXPECT_EQ(refused.detail, 3);
    EXPECT_EQ(endOfJoin("confirm=-1").code, RTMS_E_TIMEOUT);
}

TEST_F(Zoom, AnEndedMeetingIsLeftWithSuccess) {
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        where.awaitSignal("end");
    });
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    gateway_.signal("end");
    const Row end = loop.awaitEnd(); // release answers 2
    EXPECT_EQ(end.code, RTMS_E_CLOSED);
    for (const char *how : {"leave=2", "release=2", "leave=-1", "release=4"}) {
        misbehave(how);
        Gateway other;
        serveAll(other);
        TestStream second(loop, other.url("/signaling"));
        second.join();
        loop.await(RTMS_KIND_JOINED);
        EXPECT_EQ(rtms_stream_leave(second.handle()), RTMS_OK);
        EXPECT_EQ(loop.awaitEnd().code, RTMS_OK) << how;
    }
}

TEST_F(Zoom, CallsAfterTheEndAreNotHeard) {
    misbehave("late");
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"));
    TestStream second(loop, gateway_.url("/signaling"));
    second.join();
    loop.await(RTMS_KIND_JOINED);
    for (int round = 0; round < 3; ++round) {
        stream.join();
        loop.await(RTMS_KIND_JOINED);
        EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
        EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50)); // in which the other handle's polls call late
    loop.settle();
    EXPECT_TRUE(loop.seen(RTMS_KIND_AUDIO).empty());
    EXPECT_TRUE(loop.seen(RTMS_KIND_EVENT).empty());
    EXPECT_EQ(loop.seen(RTMS_KIND_JOINED).size(), 4U);
    EXPECT_EQ(loop.seen(RTMS_KIND_DISCONNECTED).size(), 3U);
}

TEST_F(Zoom, GarbageHarmsNothing) {
    misbehave("garbage");
    sendAudio(1);
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        where.awaitSignal("go");
        peer.send(R"({"msg_type":9,"rtms_session_id":"session","state":3,"timestamp":9})");
        peer.send(R"({"msg_type":6,"event":{"event_type":2,"timestamp":7,"user_id":5,"user_name":"Ann"}})");
        noteSignaling(where, peer);
    });
    TestLoop loop;
    TestStream(loop, gateway_.url("/signaling")).join();
    loop.await(RTMS_KIND_JOINED);
    gateway_.signal("go");
    while (loop.seen(RTMS_KIND_AUDIO).size() < 2) {
        ASSERT_EQ(loop.await(RTMS_KIND_AUDIO).payload, "frame");
    }
    EXPECT_EQ(loop.seen(RTMS_KIND_AUDIO).front().name, "");
    EXPECT_EQ(loop.seen(RTMS_KIND_AUDIO).front().userId, 0);
    const auto speaker = [&] {
        const std::vector<Row> events = loop.seen(RTMS_KIND_EVENT);
        const auto found = std::find_if(events.begin(), events.end(), [](const Row &event) { return event.code == 2; });
        return found == events.end() ? "" : found->name;
    };
    while (speaker().empty()) { // events without a name may come before and after
        ASSERT_EQ(loop.await(RTMS_KIND_EVENT).kind, RTMS_KIND_EVENT);
    }
    EXPECT_EQ(speaker(), "Ann");
    EXPECT_TRUE(loop.seen(RTMS_KIND_METADATA).empty());
}

TEST_F(Zoom, CallsOnAnotherThreadAreLeftOutAndToldOf) {
    misbehave("foreign");
    TestLoop loop;
    TestStream(loop, gateway_.url("/signaling")).join();
    bool told = false;
    while (!told) {
        const auto row = loop.reader().next(patience);
        ASSERT_TRUE(row);
        EXPECT_NE(row->kind, RTMS_KIND_EVENT);
        told = row->kind == RTMS_KIND_LOG && row->payload.find("thread of its own") != std::string::npos;
    }
}

TEST_F(Zoom, AnEventThatComesTwiceIsWrittenOnce) {
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        for (const int type : {3, 8, 9, 4}) {
            peer.send(R"({"msg_type":6,"event":{"event_type":)" + std::to_string(type) +
                      R"(,"timestamp":8,"participants":[{"user_id":5,"user_name":"Ann"}]}})");
        }
        noteSignaling(where, peer);
    });
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"));
    stream.join();
    loop.awaitAll(RTMS_KIND_EVENT, 4);
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    loop.awaitEnd();
    EXPECT_EQ(loop.seen(RTMS_KIND_EVENT).size(), 4U);
}

TEST_F(Zoom, TheInterpretersPartOfMetadataIsPassedOn) {
    misbehave("interpreter");
    sendAudio(1);
    TestLoop loop;
    TestStream(loop, gateway_.url("/signaling")).join();
    loop.await(RTMS_KIND_JOINED);
    gateway_.signal("go");
    const Row metadata = loop.await(RTMS_KIND_METADATA);
    EXPECT_EQ(metadata.code, 23);
    const boost::json::value json = boost::json::parse(metadata.payload);
    EXPECT_EQ(json.at("lid"), 9);
    EXPECT_EQ(json.at("targets").at(0).at("voice_id"), "voice");
}

TEST_F(Zoom, FramesThatComeWhileTheStreamRestsAreCountedAndWordsAreKept) {
    sendAudio(100);
    gateway_.on("/transcript", [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        where.awaitSignal("words");
        peer.send(transcript("said meanwhile"));
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_SIGNALING), RTMS_OK);
    loop.settle();
    gateway_.signal("go");
    std::int64_t dropped = 0;
    std::int64_t last = 0;
    while (dropped < 100) {
        const Row row = loop.await(RTMS_KIND_DROPPED);
        ASSERT_EQ(row.kind, RTMS_KIND_DROPPED);
        EXPECT_EQ(row.code, RTMS_KIND_AUDIO);
        EXPECT_EQ(row.start, 1000 + dropped);
        EXPECT_EQ(row.extra, "{\"bytes\":" + std::to_string(row.detail * 5) + "}");
        dropped += row.detail;
        last = row.end;
    }
    EXPECT_EQ(dropped, 100);
    EXPECT_EQ(last, 1099);
    gateway_.signal("words");
    EXPECT_EQ(loop.await(RTMS_KIND_TRANSCRIPT).payload, "said meanwhile");
    EXPECT_TRUE(loop.seen(RTMS_KIND_AUDIO).empty());
}

TEST_F(Zoom, WhatItHasNoCallForIsSaid) {
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"), 8 | 16);
    stream.join();
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, 8);
    const Row refused = loop.seen(RTMS_KIND_MEDIA_REFUSED).at(0);
    EXPECT_EQ(refused.code, 16);
    EXPECT_EQ(refused.detail, 13);
    EXPECT_EQ(rtms_stream_query_stream_state(stream.handle()), RTMS_OK);
    EXPECT_EQ(loop.await(RTMS_KIND_STREAM_STATE_ANSWER).detail, 1);
    EXPECT_EQ(rtms_stream_query_session_state(stream.handle(), "session"), RTMS_OK);
    EXPECT_EQ(loop.await(RTMS_KIND_SESSION_STATE_ANSWER).payload, "session");
}

TEST_F(Zoom, TheFirstJoinSaysHowAProcessChecksCertificates) {
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"));
    stream.set(RTMS_INT_VERIFY_TLS, 1).join();
    loop.await(RTMS_KIND_JOINED);
    TestStream other(loop, gateway_.url("/signaling"));
    other.set(RTMS_INT_VERIFY_TLS, 0).join();
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_INVALID_ARGUMENT);
}

TEST_F(Zoom, OneParticipantsVideoIsAskedForWhenTheJoinIsConfirmed) {
    gateway_.on("/video", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        peer.drain();
    });
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(R"({"video":")" + where.url("/video") + "\"}"));
        for (;;) {
            const boost::json::value received = boost::json::parse(peer.receiveText());
            if (received.at("msg_type") == 28) {
                peer.send(R"({"msg_type":29,"user_id":77,"status_code":0,"reason":"OK","timestamp":1})");
            }
        }
    });
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"), 2);
    EXPECT_EQ(rtms_stream_subscribe_video(stream.handle(), 77, 1), RTMS_OK);
    stream.join();
    const Row answer = loop.await(RTMS_KIND_VIDEO_SUBSCRIPTION);
    EXPECT_EQ(answer.userId, 77);
    EXPECT_EQ(answer.detail, 0);
}

/// It is known of the original; a process of its own contains it.
TEST_F(Zoom, ACrashOnTheSecondSessionIsContained) {
    misbehave("crash-second");
    TestLoop loop(1 << 20, true);
    TestStream first(loop, gateway_.url("/signaling"));
    first.join();
    loop.await(RTMS_KIND_JOINED);
    TestStream second(loop, gateway_.url("/signaling"));
    second.join();
    loop.awaitCrash();
    ASSERT_EQ(loop.restart(), RTMS_OK);
    for (int end = 0; end < 2; ++end) {
        EXPECT_EQ(loop.awaitEnd().payload, "the worker process was ended by signal 6");
    }
    second.join();
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).stream, second.handle());
}

TEST_F(Zoom, ALoopIsDestroyedInEveryPhase) {
    for (const char *how : {"confirm=-1", "", "late", "join=1"}) {
        misbehave(how);
        TestLoop loop;
        TestStream stream(loop, gateway_.url("/signaling"));
        stream.join();
        if (*how == '\0') {
            loop.await(RTMS_KIND_JOINED);
        }
        const auto begin = std::chrono::steady_clock::now();
        loop.destroy();
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
    }
}

} // namespace
} // namespace rtms::test
