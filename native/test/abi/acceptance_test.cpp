// What every engine has to do, whatever it is made of. Both are built with this file.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

constexpr std::int32_t audioAndWords = 1 | 8;

std::string message(int number, std::string_view bytes, std::int64_t timestamp) {
    return R"({"msg_type":)" + std::to_string(number) +
           R"(,"content":{"user_id":16778240,"user_name":"Ann","timestamp":)" + std::to_string(timestamp) +
           R"(,"data":")" + base64(bytes) + R"("}})";
}

TEST(Acceptance, JoinsWithIdentityAndSignature) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        const boost::json::value hello = peer.receive(1);
        where.note(std::string(hello.at("meeting_uuid").as_string()));
        where.note(std::string(hello.at("rtms_stream_id").as_string()));
        where.note(std::string(hello.at("signature").as_string()));
        peer.send(signalingAnswer(where));
        noteSignaling(where, peer);
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"), audioAndWords);
    stream.join();
    EXPECT_EQ(rtms_stream_join(stream.handle()), RTMS_E_STATE);
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, audioAndWords);
    EXPECT_EQ(loop.seen(RTMS_KIND_MEDIA_READY).size(), 2U);
    EXPECT_TRUE(gateway.awaitNote("aB+/9w=="));
    EXPECT_TRUE(gateway.awaitNote("stream-1"));
    // HMAC-SHA256 of "client,aB+/9w==,stream-1" with the key "secret".
    EXPECT_TRUE(gateway.awaitNote("bf2ef459a086dc5b0d9f300e589e9e2b5936c5edf2ed5eb80ef35de749aac159"));
}

TEST(Acceptance, EveryFrameComesOnceWholeAndInOrder) {
    constexpr int count = 300;
    Gateway gateway;
    serveAll(gateway);
    const std::map<std::string, int> media{{"/audio", 14}, {"/video", 15}, {"/share", 16}};
    for (const auto &[path, number] : media) {
        gateway.on(path, [number](Gateway &, Peer &peer) {
            acceptMedia(peer);
            for (int frame = 0; frame < count; ++frame) {
                peer.send(message(number, std::string(1 + static_cast<std::size_t>(frame) * 7, '\xFE'), frame));
            }
            peer.drain();
        });
    }
    gateway.on("/transcript", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        for (int line = 0; line < count; ++line) {
            peer.send(transcript("line ü " + std::to_string(line)));
        }
        peer.drain();
    });
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(R"({"audio":")" + where.url("/audio") + R"(","video":")" + where.url("/video") +
                                  R"(","deskshare":")" + where.url("/share") + R"(","transcript":")" +
                                  where.url("/transcript") + "\"}"));
        noteSignaling(where, peer);
    });
    TestLoop loop(1 << 22);
    TestStream(loop, gateway.url("/signaling"), 1 | 2 | 4 | 8).join();
    for (std::uint16_t kind = RTMS_KIND_AUDIO; kind <= RTMS_KIND_TRANSCRIPT; ++kind) {
        loop.awaitAll(kind, count);
        const std::vector<Row> frames = loop.seen(kind);
        ASSERT_EQ(frames.size(), static_cast<std::size_t>(count));
        for (int number = 0; number < count; ++number) {
            const Row &frame = frames.at(static_cast<std::size_t>(number));
            if (kind == RTMS_KIND_TRANSCRIPT) {
                EXPECT_EQ(frame.payload, "line ü " + std::to_string(number));
                continue;
            }
            EXPECT_EQ(frame.timestamp, number);
            EXPECT_EQ(frame.userId, 16778240);
            EXPECT_EQ(frame.name, "Ann");
            EXPECT_EQ(frame.payload, std::string(1 + static_cast<std::size_t>(number) * 7, '\xFE'));
        }
    }
    EXPECT_TRUE(loop.seen(RTMS_KIND_DROPPED).empty());
}

TEST(Acceptance, EventsAreAskedForAndCome) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        std::set<std::int64_t> asked;
        while (asked.size() < 3) {
            const boost::json::value received = boost::json::parse(peer.receiveText());
            if (received.at("msg_type") == 5) {
                for (const boost::json::value &event : received.at("events").as_array()) {
                    asked.insert(event.at("event_type").as_int64());
                }
            }
        }
        peer.send(R"({"msg_type":6,"event":{"event_type":2,"timestamp":7,"user_id":5,"user_name":"Ann"}})");
        peer.send(R"({"msg_type":6,"event":{"event_type":3,"timestamp":8,)"
                  R"("participants":[{"user_id":5,"user_name":"Ann"},{"user_id":6,"user_name":"Bob"}]}})");
        peer.send(R"({"msg_type":9,"rtms_session_id":"session","state":2,"timestamp":9})");
        peer.send(R"({"msg_type":6,"event":{"event_type":4,"timestamp":10,"participants":[{"user_id":5}]}})");
        noteSignaling(where, peer);
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 2, 1), RTMS_OK);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 3, 1), RTMS_OK);
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 4, 1), RTMS_OK);
    loop.awaitAll(RTMS_KIND_EVENT, 3);
    loop.settle();
    const std::vector<Row> events = loop.seen(RTMS_KIND_EVENT);
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events.at(0).code, 2);
    EXPECT_EQ(events.at(0).userId, 5);
    EXPECT_EQ(events.at(0).name, "Ann");
    EXPECT_EQ(events.at(0).timestamp, 7);
    EXPECT_EQ(events.at(1).code, 3);
    const boost::json::value joined = boost::json::parse(events.at(1).payload);
    EXPECT_EQ(joined.at("participants").at(1).at("user_name"), "Bob");
    EXPECT_EQ(events.at(2).code, 4);
    const std::vector<Row> sessions = loop.seen(RTMS_KIND_SESSION_STATE);
    ASSERT_EQ(sessions.size(), 1U);
    EXPECT_EQ(sessions.at(0).code, 2);
    EXPECT_EQ(sessions.at(0).payload, "session");
}

TEST(Acceptance, ParametersReachTheServer) {
    Gateway gateway;
    serveAll(gateway);
    for (const std::string path : {"/audio", "/transcript"}) {
        gateway.on(path, [path](Gateway &where, Peer &peer) {
            const boost::json::value params = peer.receive(3).at("media_params");
            if (path == "/audio") {
                const boost::json::value &audio = params.at("audio");
                for (const char *field : {"content_type", "codec", "sample_rate", "channel", "data_opt", "send_rate"}) {
                    where.note(std::string(field) + "=" + boost::json::serialize(audio.at(field)));
                }
            } else {
                where.note("language=" + boost::json::serialize(params.at("transcript").at("src_language")));
                where.note("lid=" + boost::json::serialize(params.at("transcript").at("enable_lid")));
            }
            peer.send(mediaAnswer());
            peer.drain();
        });
    }
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"), audioAndWords);
    stream.set(RTMS_STRING_MEDIA_PARAMS,
               R"({"audio":{"content_type":2,"codec":4,"sample_rate":3,"channel":2,"data_opt":2,"send_rate":20},)"
               R"("transcript":{"content_type":5,"src_language":14,"enable_lid":false}})");
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    for (const char *note : {"content_type=2", "codec=4", "sample_rate=3", "channel=2", "data_opt=2", "send_rate=20",
                             "language=14", "lid=false"}) {
        EXPECT_TRUE(gateway.awaitNote(note)) << note;
    }
}

TEST(Acceptance, ParametersOfTranscriptsAloneReachTheServerToo) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/transcript", [](Gateway &where, Peer &peer) {
        const boost::json::value params = peer.receive(3).at("media_params");
        where.note("language=" + boost::json::serialize(params.at("transcript").at("src_language")));
        peer.send(mediaAnswer());
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"), 8);
    stream.set(RTMS_STRING_MEDIA_PARAMS, R"({"transcript":{"content_type":5,"src_language":28,"enable_lid":true}})");
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_TRUE(gateway.awaitNote("language=28"));
}

TEST(Acceptance, LeavingTellsTheServerAndClosingDoesNot) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
    EXPECT_TRUE(gateway.awaitNote("gone /signaling"));
    EXPECT_EQ(gateway.notes("signaling 21"), 0);
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
    EXPECT_TRUE(gateway.awaitNote("signaling 21"));
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_E_STATE);
}

TEST(Acceptance, TheServersEndIsTold) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        where.awaitSignal("end");
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    gateway.signal("end");
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_CLOSED);
}

TEST(Acceptance, TheNextServerIsTriedWhereOneCannotBeReached) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream(loop, "ws://127.0.0.1:1/," + gateway.url("/signaling")).join();
    loop.await(RTMS_KIND_JOINED);
}

TEST(Acceptance, TwoThousandSessionsComeAndGo) {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    constexpr std::size_t total = 300; // sanitizers learn nothing from the others, and take minutes for them
#else
    constexpr std::size_t total = 2000;
#endif
    constexpr std::size_t atATime = 50;
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop(1 << 22);
    std::vector<std::int64_t> streams;
    for (std::size_t number = 0; number < atATime; ++number) {
        TestStream stream(loop, gateway.url("/signaling"), 8);
        stream.join();
        streams.push_back(stream.handle());
    }
    std::size_t begun = atATime;
    std::size_t ended = 0;
    while (ended < total) {
        const auto row = loop.reader().next(patience);
        ASSERT_TRUE(row) << ended << " of " << begun << " sessions have ended";
        if (row->kind == RTMS_KIND_JOINED) {
            EXPECT_EQ(rtms_stream_leave(row->stream), RTMS_OK);
        } else if (row->kind == RTMS_KIND_DISCONNECTED) {
            EXPECT_EQ(row->code, RTMS_OK) << row->payload;
            ++ended;
            EXPECT_EQ(rtms_stream_destroy(row->stream), RTMS_OK);
            if (begun < total) {
                ++begun;
                TestStream(loop, gateway.url("/signaling"), 8).join();
            }
        }
    }
}

} // namespace
} // namespace rtms::test
