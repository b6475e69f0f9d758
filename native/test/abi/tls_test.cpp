#include <array>

#include <boost/asio/buffer.hpp>
#include <gtest/gtest.h>

#include "support/certificates.h"
#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

constexpr const char *names = "DNS:localhost,IP:127.0.0.1";

Row endOf(TestLoop &loop, const std::string &url) {
    TestStream stream(loop, url);
    stream.join();
    return loop.awaitEnd();
}

TEST(Tls, JoinsAndReceivesWithTheRightAuthority) {
    const Certificate certificate(names);
    const TemporaryFile file(certificate.certificate);
    Gateway gateway(certificate);
    serveAll(gateway);
    const std::string bytes(50'000, 'b');
    gateway.on("/audio", [&](Gateway &, Peer &peer) {
        acceptMedia(peer);
        const std::string text = audio(bytes);
        peer.send(text);
        peer.sendBinary(text);
        peer.sendFragments({text.substr(0, 7), text.substr(7)}, true);
        peer.drain();
    });
    TestLoop loop;
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), file.path().c_str(), 1), RTMS_OK);
    for (const char *host : {"localhost", "127.0.0.1"}) {
        TestStream stream(loop, gateway.url("/signaling", host));
        stream.join();
        for (int frame = 0; frame < 3; ++frame) {
            EXPECT_EQ(loop.await(RTMS_KIND_AUDIO).payload, bytes);
        }
        EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_OK);
        EXPECT_EQ(loop.awaitEnd().code, RTMS_OK);
    }
}

TEST(Tls, AnUnknownAuthorityIsNotTrusted) {
    Gateway gateway{Certificate(names)};
    serveAll(gateway);
    TestLoop loop;
    const Row end = endOf(loop, gateway.url("/signaling"));
    EXPECT_EQ(end.code, RTMS_E_TLS);
    EXPECT_NE(end.payload.find("certificate"), std::string::npos) << end.payload;
}

TEST(Tls, AnotherHostsCertificateIsNotTrusted) {
    const Certificate certificate("DNS:other.example");
    const TemporaryFile file(certificate.certificate);
    Gateway gateway(certificate);
    serveAll(gateway);
    TestLoop loop;
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), file.path().c_str(), 1), RTMS_OK);
    EXPECT_EQ(endOf(loop, gateway.url("/signaling", "localhost")).code, RTMS_E_TLS);
    EXPECT_EQ(endOf(loop, gateway.url("/signaling")).code, RTMS_E_TLS);
}

TEST(Tls, WithoutVerificationAnythingGoes) {
    Gateway gateway{Certificate("DNS:other.example")};
    serveAll(gateway);
    TestLoop loop;
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), "", 0), RTMS_OK);
    TestStream stream(loop, gateway.url("/signaling"));
    stream.join();
    EXPECT_EQ(loop.await(RTMS_KIND_JOINED).code, 1 | 8);
}

TEST(Tls, AServerWithoutTlsIsRefused) {
    Gateway gateway;
    serveAll(gateway);
    gateway.onAccept([](Gateway &, boost::asio::ip::tcp::socket &socket) {
        std::array<char, 16> bytes{};
        socket.read_some(boost::asio::buffer(bytes));
    });
    TestLoop loop;
    std::string url = gateway.url("/signaling");
    url.replace(0, 2, "wss");
    EXPECT_EQ(endOf(loop, url).code, RTMS_E_TLS);
}

TEST(Tls, AServerThatIsSilentDuringTheHandshakeTimesOut) {
    Gateway gateway;
    gateway.onAccept([](Gateway &where, boost::asio::ip::tcp::socket &) { where.awaitSignal("never"); });
    TestLoop loop;
    std::string url = gateway.url("/signaling");
    url.replace(0, 2, "wss");
    TestStream stream(loop, url);
    stream.set(RTMS_INT_CONNECT_TIMEOUT_MS, 200).join();
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_TIMEOUT);
}

TEST(Tls, AFrameThatBreaksTheWebSocketProtocolEndsTheAttemptAtOnce) {
    Gateway gateway{Certificate(names)};
    gateway.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.sendRaw(std::string("\xf1\x00", 2));
        where.awaitSignal("never");
    });
    TestLoop loop;
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), "", 0), RTMS_OK);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(endOf(loop, gateway.url("/signaling")).code, RTMS_E_PROTOCOL);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(Tls, AFileThatIsNoCertificateIsInvalid) {
    const TemporaryFile file("no certificate");
    TestLoop loop;
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), file.path().c_str(), 1), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), "/nowhere.pem", 1), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), "", 2), RTMS_E_INVALID_ARGUMENT);
}

} // namespace
} // namespace rtms::test
