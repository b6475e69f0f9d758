#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

// printf 'client,aB+/9w==,stream-1' | openssl dgst -sha256 -hmac secret
constexpr const char *signature = "bf2ef459a086dc5b0d9f300e589e9e2b5936c5edf2ed5eb80ef35de749aac159";

TEST(Join, SplitMediaGetASocketEach) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    EXPECT_EQ(rtms_stream_join(stream.handle()), RTMS_E_STATE);
    const Row joined = loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(joined.code, 1 | 8);
    EXPECT_EQ(joined.stream, stream.handle());
    const auto ready = loop.seen(RTMS_KIND_MEDIA_READY);
    ASSERT_EQ(ready.size(), 2U);
    EXPECT_EQ(ready[0].code + ready[1].code, 1 + 8);
    EXPECT_EQ(ready[0].payload, R"({"audio":{"codec":1}})");
    EXPECT_TRUE(gateway.awaitNote("signaling 7", 2));
    EXPECT_EQ(gateway.notes("accepted /all"), 0);
}

TEST(Join, CombinedMediaShareOneSocket) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.set(RTMS_INT_SPLIT, 0).join();
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, 32);
    EXPECT_EQ(loop.seen(RTMS_KIND_MEDIA_READY).at(0).code, 32);
    EXPECT_TRUE(gateway.awaitNote("signaling 7", 1));
    EXPECT_EQ(gateway.notes("accepted /all"), 1);
    EXPECT_EQ(gateway.notes("accepted /audio"), 0);
}

TEST(Join, HandshakesCarryIdsAndSignature) {
    Gateway gateway;
    serveAll(gateway);
    const auto check = [](Gateway &where, const boost::json::value &message) {
        const bool right = message.at("webinar_uuid") == "aB+/9w==" && message.at("rtms_stream_id") == "stream-1" &&
                           message.at("signature") == signature && message.at("protocol_version") == 1;
        where.note(right ? "right" : "wrong");
    };
    gateway.on("/signaling?x=1", [&](Gateway &where, Peer &peer) {
        const auto message = peer.receive(1);
        check(where, message);
        where.note(message.at("buffer_data").as_bool() ? "buffered" : "unbuffered");
        peer.send(signalingAnswer(where));
        noteSignaling(where, peer);
    });
    gateway.on("/audio", [&](Gateway &where, Peer &peer) {
        const auto message = peer.receive(3);
        check(where, message);
        where.note(boost::json::serialize(message.at("media_params")));
        peer.send(mediaAnswer());
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling?x=1"), 1);
    stream.set(RTMS_STRING_ID_KEY, "webinar_uuid")
        .set(RTMS_STRING_MEDIA_PARAMS, R"({"audio":{"codec":1},"transcript":{}})")
        .set(RTMS_INT_BUFFER_DATA, 0)
        .join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(gateway.notes("right"), 2);
    EXPECT_EQ(gateway.notes("unbuffered"), 1);
    EXPECT_EQ(gateway.notes(R"({"audio":{"codec":1}})"), 1);
}

TEST(Join, AReadySignatureIsSentAsItIs) {
    Gateway gateway;
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        where.note(std::string(peer.receive(1).at("signature").as_string()));
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.set(RTMS_STRING_CLIENT_ID, "")
        .set(RTMS_STRING_CLIENT_SECRET, "")
        .set(RTMS_STRING_SIGNATURE, "c0ffee")
        .join();
    EXPECT_TRUE(gateway.awaitNote("c0ffee"));
}

TEST(Join, TheSecondServerIsUsedWhenTheFirstIsDead) {
    std::string dead;
    {
        const Gateway gone;
        dead = gone.url("/signaling");
    }
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, "http://no.example, " + dead + " , " + gateway.url("/signaling"));
    stream.join();
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, 1 | 8);
}

/// Descriptors of this process that are connected to this port.
std::vector<int> connectedTo(std::uint16_t port) {
    std::vector<int> found;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int descriptor = std::stoi(entry.path().filename());
        sockaddr_in peer{};
        socklen_t length = sizeof peer;
        if (::getpeername(descriptor, reinterpret_cast<sockaddr *>(&peer), &length) == 0 &&
            peer.sin_family == AF_INET && ntohs(peer.sin_port) == port) {
            found.push_back(descriptor);
        }
    }
    return found;
}

TEST(Join, ChildProcessesInheritNoSocket) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop(1 << 20, false); // whose sockets are this process's
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    const std::vector<int> sockets = connectedTo(gateway.port());
    EXPECT_EQ(sockets.size(), 3U);
    for (const int descriptor : sockets) {
        EXPECT_EQ(::fcntl(descriptor, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    }
}

TEST(Join, AHostNameIsResolved) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling", "localhost"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
}

TEST(Join, AServerUrlAsStringServesAllMedia) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer("\"" + where.url("/all") + "\""));
        noteSignaling(where, peer);
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, 1 | 8);
    EXPECT_EQ(gateway.notes("accepted /all"), 2);
}

TEST(Leave, AsksTheServerToCloseAndEnds) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    const Row end = loop.awaitEnd();
    EXPECT_EQ(end.code, RTMS_OK);
    EXPECT_EQ(end.payload, "left");
    EXPECT_TRUE(gateway.awaitNote("signaling 21"));
    EXPECT_TRUE(gateway.awaitNote("gone /audio"));
    EXPECT_TRUE(gateway.awaitNote("gone /transcript"));
    EXPECT_TRUE(loop.seen(RTMS_KIND_MEDIA_LOST).empty());
}

TEST(Leave, DoesNotWaitForEverForTheAnswer) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    const Row end = loop.awaitEnd();
    EXPECT_EQ(end.code, RTMS_OK);
    EXPECT_EQ(end.payload, "left; the server did not confirm it");
    EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(1900));
}

TEST(Leave, EndsWellWhateverTheServerSendsInsteadOfTheAnswer) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        while (boost::json::parse(peer.receiveText()).at("msg_type") != 21) {
        }
        peer.send("garbage");
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    const Row end = loop.awaitEnd();
    EXPECT_EQ(end.code, RTMS_OK);
    EXPECT_EQ(end.payload, "left; the server did not confirm it");
}

TEST(Leave, EndsWellThoughTheMediaAreLostMeanwhile) {
    Gateway gateway;
    serveAll(gateway);
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        peer.receive(21);
        where.signal("hang up");
        where.awaitSignal("answer");
        peer.send(R"({"msg_type":22,"status_code":0})");
        peer.drain();
    });
    gateway.on("/audio", [](Gateway &where, Peer &peer) {
        peer.receive(3);
        where.note("asked");
        where.awaitSignal("hang up");
        peer.hangUp();
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"), 1);
    stream.join();
    ASSERT_TRUE(gateway.awaitNote("asked"));
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    loop.await(RTMS_KIND_MEDIA_LOST);
    gateway.signal("answer");
    const Row end = loop.awaitEnd();
    EXPECT_EQ(end.code, RTMS_OK) << end.payload;
    EXPECT_EQ(end.payload, "left");
    EXPECT_TRUE(loop.seen(RTMS_KIND_JOINED).empty());
}

TEST(Leave, DuringTheHandshakeEndsTheAttempt) {
    Gateway gateway;
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        where.note("waiting");
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    ASSERT_TRUE(gateway.awaitNote("waiting"));
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
}

TEST(Close, ClosesSocketsWithoutEndingTheStreamAndAllowsAnotherJoin) {
    Gateway gateway;
    serveAll(gateway);
    TestLoop loop;
    TestStream stream(loop, gateway.url("/signaling"));
    for (int round = 1; round <= 3; ++round) {
        stream.join();
        loop.await(RTMS_KIND_JOINED);
        EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
        EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
        EXPECT_TRUE(gateway.awaitNote("gone /signaling", round));
    }
    EXPECT_EQ(gateway.notes("signaling 21"), 0);
    EXPECT_EQ(loop.seen(RTMS_KIND_DISCONNECTED).size(), 3U);
}

} // namespace
} // namespace rtms::test
