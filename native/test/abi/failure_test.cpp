#include <functional>
#include <memory>

#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

using boost::asio::ip::tcp;

class Failures : public testing::Test {
  protected:
    Failures() { serveAll(gateway_); }

    TestStream &join(const std::string &urls) {
        stream_ = std::make_unique<TestStream>(loop_, urls);
        stream_->set(RTMS_INT_CONNECT_TIMEOUT_MS, 300).set(RTMS_INT_HANDSHAKE_TIMEOUT_MS, 300);
        stream_->join();
        return *stream_;
    }

    /// Joins and expects exactly one DISCONNECTED with this code and a reason in words that tells no secret.
    Row expectEnd(std::int32_t code) { return expectEnd(code, gateway_.url("/signaling")); }

    Row expectEnd(std::int32_t code, const std::string &urls) {
        join(urls);
        const Row end = loop_.awaitEnd();
        EXPECT_EQ(end.code, code) << end.payload;
        EXPECT_FALSE(end.payload.empty());
        EXPECT_EQ(end.payload.find("secret"), std::string::npos);
        EXPECT_EQ(end.payload.find("/signaling"), std::string::npos);
        EXPECT_EQ(loop_.seen(RTMS_KIND_DISCONNECTED).size(), 1U);
        return end;
    }

    void signaling(const std::function<void(Gateway &, Peer &)> &script) {
        gateway_.on("/signaling", [script](Gateway &gateway, Peer &peer) {
            peer.receive(1);
            script(gateway, peer);
        });
    }

    Gateway gateway_;
    TestLoop loop_;
    std::unique_ptr<TestStream> stream_;
};

TEST_F(Failures, StatusesOfTheSignalingHandshake) {
    for (const int status : {3, 8, 14}) {
        signaling([status](Gateway &, Peer &peer) {
            peer.send(R"({"msg_type":2,"status_code":)" + std::to_string(status) + R"(,"reason":"no luck"})");
            peer.close(1000);
        });
        TestLoop loop;
        TestStream stream(loop, gateway_.url("/signaling"));
        stream.join();
        const Row end = loop.awaitEnd();
        EXPECT_EQ(end.code, RTMS_E_STATUS);
        EXPECT_EQ(end.detail, status);
        EXPECT_NE(end.payload.find("no luck"), std::string::npos);
    }
}

TEST_F(Failures, OtherStatusesOfTheOnlyMediaHandshakeEndTheAttempt) {
    for (const int status : {3, 8, 14}) {
        gateway_.on("/audio", [status](Gateway &, Peer &peer) {
            peer.receive(3);
            peer.send(mediaAnswer(status));
            peer.drain();
        });
        TestLoop loop;
        TestStream stream(loop, gateway_.url("/signaling"), 1);
        stream.join();
        const Row end = loop.awaitEnd();
        EXPECT_EQ(end.code, RTMS_E_STATUS);
        EXPECT_EQ(end.detail, status);
    }
    EXPECT_TRUE(gateway_.awaitNote("gone /signaling", 3));
}

TEST_F(Failures, AStatusOfOneMediumLeavesTheOthersTheirWords) {
    gateway_.on("/audio", [](Gateway &, Peer &peer) {
        peer.receive(3);
        peer.send(mediaAnswer(2));
        peer.drain();
    });
    gateway_.on("/transcript", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        peer.send(transcript("under way"));
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"), 1 | 8);
    stream.join();
    const Row lost = loop.await(RTMS_KIND_MEDIA_LOST);
    EXPECT_EQ(lost.code, RTMS_E_STATUS);
    EXPECT_EQ(lost.extra, R"({"detail":2})");
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, 8);
    EXPECT_EQ(loop.await(RTMS_KIND_TRANSCRIPT).payload, "under way");
    EXPECT_TRUE(loop.seen(RTMS_KIND_DISCONNECTED).empty());
}

TEST_F(Failures, ARefusedConnection) {
    std::string dead;
    {
        const Gateway gone;
        dead = gone.url("/signaling");
    }
    expectEnd(RTMS_E_CONNECT, dead);
}

TEST_F(Failures, AHostThatDoesNotExist) {
    join("ws://host.invalid:9/signaling").set(RTMS_INT_CONNECT_TIMEOUT_MS, 5000);
    const Row end = loop_.awaitEnd();
    EXPECT_TRUE(end.code == RTMS_E_RESOLVE || end.code == RTMS_E_TIMEOUT) << end.code;
    EXPECT_NE(end.payload.find("host.invalid"), std::string::npos);
}

TEST_F(Failures, AServerThatIsNoWebSocket) {
    gateway_.onAccept([](Gateway &, tcp::socket &socket) {
        boost::asio::write(socket,
                           boost::asio::buffer(std::string("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")));
    });
    EXPECT_EQ(expectEnd(RTMS_E_UPGRADE).detail, 403);
}

TEST_F(Failures, AServerThatTalksRubbish) {
    gateway_.onAccept([](Gateway &, tcp::socket &socket) {
        boost::asio::write(socket, boost::asio::buffer(std::string(100'000, 'x')));
    });
    expectEnd(RTMS_E_UPGRADE);
}

TEST_F(Failures, AServerThatHangsUpDuringTheUpgrade) {
    gateway_.onAccept([](Gateway &, tcp::socket &) {});
    expectEnd(RTMS_E_UPGRADE);
}

TEST_F(Failures, SilenceDuringTheUpgrade) {
    gateway_.onAccept([](Gateway &where, tcp::socket &) { where.awaitSignal("never"); });
    expectEnd(RTMS_E_TIMEOUT);
}

TEST_F(Failures, SilenceDuringTheSignalingHandshake) {
    signaling([](Gateway &, Peer &peer) { peer.drain(); });
    expectEnd(RTMS_E_TIMEOUT);
}

TEST_F(Failures, SilenceDuringTheMediaHandshakes) {
    const auto silent = [](Gateway &, Peer &peer) { peer.drain(); };
    gateway_.on("/audio", silent);
    gateway_.on("/transcript", silent);
    expectEnd(RTMS_E_TIMEOUT);
    EXPECT_EQ(loop_.seen(RTMS_KIND_MEDIA_LOST).size(), 2U);
}

TEST_F(Failures, SignalingWithoutKeepAlives) {
    stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"));
    stream_->set(RTMS_INT_KEEP_ALIVE_TIMEOUT_MS, 300).join();
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_E_KEEP_ALIVE);
}

/// While our close frame is on its way.
TEST_F(Failures, GarbageOnAllSocketsWhileTheyAreClosed) {
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        while (boost::json::parse(peer.receiveText()).at("msg_type") != 5) {
        }
        peer.send(R"({"msg_type":12,"timestamp":1})"); // the reading that had begun ends with it
        peer.receive(13);
        peer.send("garbage");
        where.signal("go");
        peer.drain();
    });
    gateway_.on("/audio", [](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        where.awaitSignal("go");
        peer.send(R"({"msg_type":12,"timestamp":1})");
        peer.receive(13);
        peer.sendRaw("\xbe\x72");
        where.note("sent");
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"), 1);
    stream.join();
    loop.await(RTMS_KIND_JOINED);
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_NOTHING), RTMS_OK);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 2, 1), RTMS_OK);
    ASSERT_TRUE(gateway_.awaitNote("sent"));
    EXPECT_EQ(rtms_stream_pause(stream.handle(), RTMS_READ_ALL), RTMS_OK);
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_PROTOCOL);
}

TEST_F(Failures, CloseAtOnce) {
    gateway_.on("/signaling", [](Gateway &, Peer &peer) { peer.close(1000); });
    EXPECT_EQ(expectEnd(RTMS_E_CLOSED).detail, 1000);
}

TEST_F(Failures, CloseWithoutAFrame) {
    gateway_.on("/signaling", [](Gateway &, Peer &peer) { peer.hangUp(); });
    EXPECT_EQ(expectEnd(RTMS_E_CLOSED).detail, 1006);
}

TEST_F(Failures, CloseFrameWithoutClosingTheSocket) {
    signaling([](Gateway &where, Peer &peer) {
        peer.sendRaw(std::string("\x88\x02\x03\xe9", 4)); // 1001
        where.awaitSignal("never");
    });
    EXPECT_EQ(expectEnd(RTMS_E_CLOSED).detail, 1001);
}

TEST_F(Failures, GarbageInsteadOfJson) {
    for (const std::string text : {"garbage", "[]", "{", "{\"msg_type\":2}", "{}"}) {
        signaling([text](Gateway &, Peer &peer) {
            peer.send(text);
            peer.drain();
        });
        TestLoop loop;
        TestStream stream(loop, gateway_.url("/signaling"));
        stream.join();
        EXPECT_EQ(loop.awaitEnd().code, RTMS_E_PROTOCOL) << text;
    }
}

TEST_F(Failures, TextThatIsNotUtf8) {
    signaling([](Gateway &, Peer &peer) {
        peer.sendRaw(std::string("\x81\x02\xff\xfe", 4));
        peer.drain();
    });
    expectEnd(RTMS_E_PROTOCOL);
}

TEST_F(Failures, AFrameThatBreaksTheWebSocketProtocol) {
    signaling([](Gateway &where, Peer &peer) {
        peer.sendRaw(std::string("\xf1\x00", 2)); // reserved bits
        where.awaitSignal("never");               // and stays, without reading our close frame
    });
    const auto begin = std::chrono::steady_clock::now();
    stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"));
    stream_->join();
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_E_PROTOCOL);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST_F(Failures, AMessageOfAHundredMegabytes) {
    signaling([](Gateway &, Peer &peer) {
        peer.sendRaw(std::string("\x81\x7f\x00\x00\x00\x00\x06\x40\x00\x00", 10));
        for (int index = 0; index < 100; ++index) {
            peer.sendRaw(std::string(1U << 20U, ' '));
        }
    });
    expectEnd(RTMS_E_TOO_LARGE);
}

TEST_F(Failures, AMessageThatGrowsOverTheLimitInFragments) {
    signaling([](Gateway &, Peer &peer) {
        for (int index = 0; index < 100; ++index) {
            peer.sendRaw((index == 0 ? std::string("\x01\x7e\x10\x00", 4) : std::string("\x00\x7e\x10\x00", 4)) +
                         std::string(4096, ' '));
        }
    });
    stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"));
    stream_->set(RTMS_INT_MAX_MESSAGE_BYTES, 65536).join();
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_E_TOO_LARGE);
}

TEST_F(Failures, HalfAFrameThenSilence) {
    signaling([](Gateway &where, Peer &peer) {
        peer.sendRaw(std::string("\x81\x7e\x04\x00{\"msg_type\"", 15));
        where.awaitSignal("never");
    });
    expectEnd(RTMS_E_TIMEOUT);
}

TEST_F(Failures, HalfAFrameThenTheEnd) {
    signaling([](Gateway &, Peer &peer) { peer.sendRaw(std::string("\x81\x7e\x04\x00{\"msg_type\"", 15)); });
    EXPECT_EQ(expectEnd(RTMS_E_CLOSED).detail, 1006);
}

TEST_F(Failures, NoMediaServerAtAll) {
    signaling([](Gateway &, Peer &peer) {
        peer.send(R"({"msg_type":2,"status_code":0,"media_server":{"server_urls":{}}})");
        peer.drain();
    });
    expectEnd(RTMS_E_NO_MEDIA);
}

TEST_F(Failures, EveryMediumRefused) {
    gateway_.on("/audio", [](Gateway &, Peer &peer) {
        peer.receive(3);
        peer.send(mediaAnswer(9));
        peer.drain();
    });
    gateway_.on("/transcript", [](Gateway &, Peer &peer) {
        peer.receive(3);
        peer.send(mediaAnswer(12));
        peer.drain();
    });
    expectEnd(RTMS_E_NO_MEDIA);
    EXPECT_EQ(loop_.seen(RTMS_KIND_MEDIA_REFUSED).size(), 2U);
}

TEST_F(Failures, APeerThatAsksButNeverReads) {
    signaling([](Gateway &, Peer &peer) {
        for (;;) {
            peer.send(R"({"msg_type":12,"timestamp":1})");
        }
    });
    join(gateway_.url("/signaling")).set(RTMS_INT_HANDSHAKE_TIMEOUT_MS, 5000);
    const Row end = loop_.awaitEnd();
    EXPECT_TRUE(end.code == RTMS_E_PROTOCOL || end.code == RTMS_E_TIMEOUT) << end.code;
}

} // namespace
} // namespace rtms::test
