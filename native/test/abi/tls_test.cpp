#include <array>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <gtest/gtest.h>

#include "support/certificates.h"
#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

namespace ssl = boost::asio::ssl;

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
    const Row ofName = endOf(loop, gateway.url("/signaling", "localhost"));
    EXPECT_EQ(ofName.code, RTMS_E_TLS);
    EXPECT_NE(ofName.payload.find("hostname mismatch"), std::string::npos) << ofName.payload;
    const Row ofAddress = endOf(loop, gateway.url("/signaling"));
    EXPECT_EQ(ofAddress.code, RTMS_E_TLS);
    EXPECT_NE(ofAddress.payload.find("IP address mismatch"), std::string::npos) << ofAddress.payload;
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

TEST(Tls, AStreamsOwnAuthorityAndCheckGoBeforeTheLoops) {
    const Certificate certificate(names);
    const TemporaryFile file(certificate.certificate);
    const TemporaryFile other(Certificate(names).certificate);
    Gateway gateway(certificate);
    serveAll(gateway);
    TestLoop loop;
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), other.path().c_str(), 1), RTMS_OK);
    TestStream stream(loop, gateway.url("/signaling"), 1);
    const auto codeOf = [&](const std::string &caFile, std::int64_t verify) {
        stream.set(RTMS_STRING_CA_FILE, caFile).set(RTMS_INT_VERIFY_TLS, verify).join();
        if (loop.await(RTMS_KIND_MEDIA_READY).kind == 0) {
            return RTMS_E_TIMEOUT;
        }
        EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_OK);
        return loop.awaitEnd().code;
    };
    EXPECT_EQ(codeOf(file.path(), -1), RTMS_OK);
    EXPECT_EQ(codeOf(file.path(), 1), RTMS_OK);
    EXPECT_EQ(codeOf("", 0), RTMS_OK);
    EXPECT_EQ(codeOf(other.path(), 0), RTMS_OK);
    stream.set(RTMS_STRING_CA_FILE, "").set(RTMS_INT_VERIFY_TLS, -1).join();
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_TLS);
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), "", 0), RTMS_OK);
    stream.set(RTMS_INT_VERIFY_TLS, 1).join();
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_TLS);
}

TEST(Tls, AStreamsFileMustBeReadableAsPem) {
    const TemporaryFile file("no certificate");
    std::string gone;
    TestLoop loop;
    TestStream stream(loop, "wss://127.0.0.1:1");
    for (const std::string &path : {file.path(), std::string("/nowhere.pem"), std::string("/tmp")}) {
        EXPECT_EQ(rtms_stream_set_string(stream.handle(), RTMS_STRING_CA_FILE, path.c_str()), RTMS_E_INVALID_ARGUMENT);
    }
    {
        const TemporaryFile passing(Certificate(names).certificate);
        stream.set(RTMS_STRING_CA_FILE, passing.path());
    }
    stream.join();
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_TLS);
}

/// Speaks TLS 1.1 and nothing newer.
void speakTls11(Gateway &gateway, boost::asio::ip::tcp::socket &socket, const Certificate &certificate) {
    ssl::context context(ssl::context::tls_server);
    context.use_certificate_chain(boost::asio::buffer(certificate.certificate));
    context.use_private_key(boost::asio::buffer(certificate.key), ssl::context::pem);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_1_VERSION);
    SSL_CTX_set_max_proto_version(context.native_handle(), TLS1_1_VERSION);
    SSL_CTX_set_cipher_list(context.native_handle(), "ALL:@SECLEVEL=0");
    ssl::stream<boost::asio::ip::tcp::socket &> stream(socket, context);
    boost::system::error_code error;
    stream.handshake(ssl::stream_base::server, error);
    gateway.note(error ? "refused" : "accepted");
}

/// A client that takes any version: shows that the server above is in order.
void connectWithAnyVersion(const Gateway &gateway) {
    boost::asio::io_context io;
    ssl::context context(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_VERSION);
    SSL_CTX_set_cipher_list(context.native_handle(), "ALL:@SECLEVEL=0");
    ssl::stream<boost::asio::ip::tcp::socket> stream(io, context);
    stream.next_layer().connect({boost::asio::ip::address_v4::loopback(), gateway.port()});
    stream.handshake(ssl::stream_base::client);
}

TEST(Tls, AServerWithoutVersion12IsRefused) {
    const Certificate certificate(names);
    Gateway gateway(certificate);
    gateway.onAccept([&certificate](Gateway &where, boost::asio::ip::tcp::socket &socket) {
        speakTls11(where, socket, certificate);
    });
    ASSERT_NO_THROW(connectWithAnyVersion(gateway));
    ASSERT_TRUE(gateway.awaitNote("accepted"));
    TestLoop loop;
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), "", 0), RTMS_OK);
    EXPECT_EQ(endOf(loop, gateway.url("/signaling")).code, RTMS_E_TLS);
    EXPECT_TRUE(gateway.awaitNote("refused"));
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

/// Of the handshake with a server that does not go on with it.
void expectTimeOut(const Gateway &gateway) {
    TestLoop loop;
    std::string url = gateway.url("/signaling");
    url.replace(0, 2, "wss");
    TestStream stream(loop, url);
    stream.set(RTMS_INT_CONNECT_TIMEOUT_MS, 200).join();
    EXPECT_EQ(loop.awaitEnd().code, RTMS_E_TIMEOUT);
}

TEST(Tls, AServerThatIsSilentDuringTheHandshakeTimesOut) {
    Gateway gateway;
    gateway.onAccept([](Gateway &where, boost::asio::ip::tcp::socket &) { where.awaitSignal("never"); });
    expectTimeOut(gateway);
}

TEST(Tls, AServerThatFallsSilentWithinTheHandshakeTimesOut) {
    Gateway gateway;
    gateway.onAccept([](Gateway &where, boost::asio::ip::tcp::socket &socket) {
        const std::string partOfARecord("\x16\x03\x03\x01\x00\x02", 6);
        boost::asio::write(socket, boost::asio::buffer(partOfARecord));
        where.awaitSignal("never");
    });
    expectTimeOut(gateway);
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
