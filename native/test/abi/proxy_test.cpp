#include <array>
#include <functional>
#include <memory>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include "support/certificates.h"
#include "support/client.h"
#include "support/proxy.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

using boost::asio::ip::tcp;

void answer(tcp::socket &client, const std::string &bytes) { boost::asio::write(client, boost::asio::buffer(bytes)); }

/// A gateway behind a proxy.
class ProxyTest : public testing::Test {
  protected:
    ProxyTest() {
        serveAll(gateway_);
        proxy_.onAccept(proxyTo(gateway_));
    }

    void join(const std::string &url, const std::string &proxyUrl) {
        stream_ = std::make_unique<TestStream>(loop_, url, 1);
        stream_->set(RTMS_STRING_PROXY, proxyUrl).set(RTMS_INT_CONNECT_TIMEOUT_MS, patience.count()).join();
    }

    /// Joins through a proxy with credentials, and expects an end that does not tell them.
    Row endOf(Gateway::AcceptScript script) {
        proxy_.onAccept(std::move(script));
        join(gateway_.url("/signaling"), proxyUrl(proxy_, "user:p%61ssword@"));
        return secretless(loop_.awaitEnd());
    }

    Row secretless(const Row &end) {
        EXPECT_FALSE(end.payload.empty());
        for (const char *secret : {"p%61ssword", "password", "user", "dXNlcj"}) {
            EXPECT_EQ(end.payload.find(secret), std::string::npos) << end.payload;
        }
        return end;
    }

    void expectRefusal(Gateway::AcceptScript script, std::int32_t status) {
        const Row end = endOf(std::move(script));
        EXPECT_EQ(end.code, RTMS_E_PROXY) << end.payload;
        EXPECT_EQ(end.detail, status) << end.payload;
        EXPECT_EQ(gateway_.notes("accepted /signaling"), 0);
    }

    Gateway gateway_;
    Gateway proxy_;
    TestLoop loop_;
    std::unique_ptr<TestStream> stream_;
};

TEST_F(ProxyTest, EverySocketGoesThroughItAndItResolvesTheNames) {
    const std::string host = "rtms.invalid:" + std::to_string(gateway_.port());
    gateway_.on("/signaling", [host](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(R"({"audio":"ws://)" + host + R"(/audio"})"));
        noteSignaling(where, peer);
    });
    gateway_.on("/audio", [](Gateway &, Peer &peer) {
        acceptMedia(peer);
        peer.send(audio(std::string(100'000, 'a')));
        peer.drain();
    });
    join("ws://" + host + "/signaling", proxyUrl(proxy_));
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).code, 1);
    EXPECT_EQ(loop_.await(RTMS_KIND_AUDIO).payload, std::string(100'000, 'a'));
    EXPECT_EQ(proxy_.notes("CONNECT " + host), 2);
    EXPECT_EQ(rtms_stream_leave(stream_->handle()), RTMS_OK);
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_OK);
}

TEST_F(ProxyTest, TlsIsSpokenWithTheServerBehindIt) {
    const Certificate certificate("DNS:rtms.invalid");
    const TemporaryFile file(certificate.certificate);
    Gateway secured(certificate);
    serveAll(secured);
    secured.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(R"({"audio":")" + where.url("/audio", "rtms.invalid") + "\"}"));
        noteSignaling(where, peer);
    });
    proxy_.onAccept(proxyTo(secured));
    EXPECT_EQ(rtms_loop_set_tls(loop_.handle(), file.path().c_str(), 1), RTMS_OK);
    join(secured.url("/signaling", "rtms.invalid"), proxyUrl(proxy_));
    EXPECT_EQ(loop_.await(RTMS_KIND_JOINED).code, 1);
    join(secured.url("/signaling", "other.invalid"), proxyUrl(proxy_));
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_E_TLS);
}

TEST_F(ProxyTest, CredentialsAreDecodedAndSent) {
    join(gateway_.url("/signaling"), proxyUrl(proxy_, "us%65r:p%40ss%3Aw%C3%B6rd@"));
    loop_.await(RTMS_KIND_JOINED);
    // printf 'user:p@ss:w\xc3\xb6rd' | base64
    EXPECT_EQ(proxy_.notes("authorization Basic dXNlcjpwQHNzOnfDtnJk"), 2);
}

TEST_F(ProxyTest, WithoutCredentialsNoneAreSent) {
    proxy_.onAccept([this](Gateway &proxy, tcp::socket &client) {
        std::array<char, 1024> bytes{};
        const std::size_t size = client.read_some(boost::asio::buffer(bytes));
        proxy.note(std::string(bytes.data(), size));
    });
    join(gateway_.url("/signaling"), proxyUrl(proxy_));
    loop_.awaitEnd();
    const std::string server = "127.0.0.1:" + std::to_string(gateway_.port());
    EXPECT_EQ(proxy_.notes("CONNECT " + server + " HTTP/1.1\r\nHost: " + server + "\r\n\r\n"), 1);
}

TEST_F(ProxyTest, NoneIsUsedAfterItWasTakenBack) {
    stream_ = std::make_unique<TestStream>(loop_, gateway_.url("/signaling"), 1);
    stream_->set(RTMS_STRING_PROXY, proxyUrl(proxy_)).set(RTMS_STRING_PROXY, "").join();
    loop_.await(RTMS_KIND_JOINED);
    EXPECT_EQ(proxy_.notes("CONNECT 127.0.0.1:" + std::to_string(gateway_.port())), 0);
}

TEST_F(ProxyTest, ARefusalIsToldWithItsStatus) {
    expectRefusal(proxyThatAnswers("HTTP/1.1 407 Give me the password\r\nProxy-Authenticate: Basic\r\n\r\n"), 407);
    EXPECT_NE(loop_.seen(RTMS_KIND_DISCONNECTED).at(0).payload.find("407"), std::string::npos);
}

TEST_F(ProxyTest, ARefusalWithAnEndlessBodyIsNotReadToItsEnd) {
    expectRefusal(proxyThatAnswers("HTTP/1.1 503 No\r\nContent-Length: 99999999\r\n\r\n<html>"), 503);
}

TEST_F(ProxyTest, AnInterimAnswerOpensNoTunnel) {
    expectRefusal(proxyThatAnswers("HTTP/1.1 100 Continue\r\n\r\n"), 100);
}

TEST_F(ProxyTest, GarbageOpensNoTunnel) { expectRefusal(proxyThatAnswers(std::string(100'000, 'x')), 0); }

TEST_F(ProxyTest, BytesBehindTheAnswerOpenNoTunnel) {
    expectRefusal(proxyThatAnswers("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n\r\n"), 200);
}

TEST_F(ProxyTest, AHeaderWithoutEndIsGivenUp) {
    expectRefusal(
        [](Gateway &proxy, tcp::socket &client) {
            readConnect(proxy, client);
            answer(client, "HTTP/1.1 200 OK\r\n");
            for (;;) { // throws when the client has gone
                answer(client, "X-More: of the same\r\n");
            }
        },
        0);
}

TEST_F(ProxyTest, HalfAHeaderIsNoAnswer) {
    expectRefusal(
        [](Gateway &proxy, tcp::socket &client) {
            readConnect(proxy, client);
            answer(client, "HTTP/1.1 200 OK\r\nVia: ");
        },
        0);
}

TEST_F(ProxyTest, OneThatHangsUpIsRefusing) {
    expectRefusal([](Gateway &, tcp::socket &) {}, 0);
}

TEST_F(ProxyTest, SilenceEndsWithTheConnectTimeout) {
    for (const std::string beginning : {"", "HTTP/1.1 200 OK\r\nVia: "}) {
        Gateway silent;
        silent.onAccept(proxyThatAnswers(beginning));
        TestLoop loop;
        TestStream stream(loop, gateway_.url("/signaling"), 1);
        stream.set(RTMS_STRING_PROXY, proxyUrl(silent, "user:password@")).set(RTMS_INT_CONNECT_TIMEOUT_MS, 200).join();
        const Row end = secretless(loop.awaitEnd());
        EXPECT_EQ(end.code, RTMS_E_TIMEOUT);
        EXPECT_NE(end.payload.find("proxy 127.0.0.1:"), std::string::npos) << end.payload;
    }
}

TEST_F(ProxyTest, SilenceDoesNotHoldUpLeaving) {
    proxy_.onAccept(proxyThatAnswers(""));
    join(gateway_.url("/signaling"), proxyUrl(proxy_));
    EXPECT_TRUE(proxy_.awaitNote("CONNECT 127.0.0.1:" + std::to_string(gateway_.port())));
    EXPECT_EQ(rtms_stream_leave(stream_->handle()), RTMS_OK);
    EXPECT_EQ(loop_.awaitEnd().code, RTMS_OK);
}

TEST_F(ProxyTest, OneThatIsNotThereIsToldAsSuch) {
    std::string dead;
    {
        const Gateway gone;
        dead = proxyUrl(gone, "user:password@");
    }
    join(gateway_.url("/signaling"), dead);
    EXPECT_EQ(secretless(loop_.awaitEnd()).code, RTMS_E_PROXY);
    join(gateway_.url("/signaling"), "http://user:password@proxy.invalid:3128");
    const Row end = secretless(loop_.awaitEnd());
    EXPECT_TRUE(end.code == RTMS_E_PROXY || end.code == RTMS_E_TIMEOUT) << end.code; // name servers may be slow
    EXPECT_NE(end.payload.find("proxy.invalid"), std::string::npos);
}

TEST_F(ProxyTest, OneThatRefusesAMediumLosesOnlyThat) {
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(R"({"audio":"ws://refused.invalid/audio","transcript":")" + where.url("/transcript") +
                                  "\"}"));
        noteSignaling(where, peer);
    });
    proxy_.onAccept([this](Gateway &proxy, tcp::socket &client) {
        if (readConnect(proxy, client) == "CONNECT refused.invalid:80") {
            answer(client, "HTTP/1.1 403 Forbidden\r\n\r\n");
        } else {
            tunnel(client, gateway_);
        }
    });
    TestStream stream(loop_, gateway_.url("/signaling"), 1 | 8);
    stream.set(RTMS_STRING_PROXY, proxyUrl(proxy_)).join();
    loop_.await(RTMS_KIND_JOINED);
    const Row lost = loop_.seen(RTMS_KIND_MEDIA_LOST).at(0);
    EXPECT_EQ(lost.code, RTMS_E_PROXY);
    EXPECT_EQ(lost.detail, 1);
    EXPECT_EQ(lost.extra, R"({"detail":403})");
}

TEST_F(ProxyTest, AMalformedOneIsInvalid) {
    const TestStream stream(loop_, gateway_.url("/signaling"));
    for (const char *url : {"127.0.0.1:1", "https://127.0.0.1:1", "http://127.0.0.1", "http://user:p%zz@127.0.0.1:1"}) {
        EXPECT_EQ(rtms_stream_set_string(stream.handle(), RTMS_STRING_PROXY, url), RTMS_E_INVALID_ARGUMENT) << url;
    }
}

} // namespace
} // namespace rtms::test
