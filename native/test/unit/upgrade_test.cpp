#include "engine/upgrade.h"

#include <string>

#include <boost/beast/http/error.hpp>
#include <boost/beast/websocket/error.hpp>
#include <gtest/gtest.h>
#include <openssl/sha.h>

#include "engine/base64.h"

namespace rtms {
namespace {

namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

class UpgradeTest : public testing::Test {
  protected:
    std::string accept() const {
        const std::string name = "Sec-WebSocket-Key: ";
        const std::string &request = upgrade_.request();
        const std::size_t begin = request.find(name) + name.size();
        const std::string text =
            request.substr(begin, request.find("\r\n", begin) - begin) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        unsigned char digest[SHA_DIGEST_LENGTH];
        SHA1(reinterpret_cast<const unsigned char *>(text.data()), text.size(), digest);
        return base64::encode({reinterpret_cast<const char *>(digest), sizeof digest});
    }

    std::string good() const {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
               "Sec-WebSocket-Accept: " +
               accept() + "\r\n\r\n";
    }

    /// What becomes of the good answer where this part of it is another one.
    boost::system::error_code errorWith(const std::string &part, const std::string &other) {
        std::string answer = good();
        answer.replace(answer.find(part), part.size(), other);
        EXPECT_TRUE(upgrade_.take(answer));
        return upgrade_.error();
    }

    const Url url_ = parseServerList("ws://host:81/path?query").at(0);
    Upgrade upgrade_{url_};
};

TEST_F(UpgradeTest, AsksForThePathAtTheHost) {
    EXPECT_EQ(upgrade_.request().find("GET /path?query HTTP/1.1\r\nHost: host:81\r\n"), 0U);
    EXPECT_NE(upgrade_.request(), Upgrade(url_).request()); // the key
}

TEST_F(UpgradeTest, TakesTheAnswerInPiecesAndKeepsWhatComesBehind) {
    const std::string bytes = good() + "\x81\x01x";
    std::size_t taken = 0;
    while (!upgrade_.take(std::string_view(bytes).substr(taken, 7))) {
        EXPECT_EQ(upgrade_.status(), 0U);
        taken += 7;
    }
    EXPECT_FALSE(upgrade_.error()) << upgrade_.error().message();
    EXPECT_EQ(upgrade_.status(), 101U);
    EXPECT_EQ(std::string(upgrade_.rest()) + bytes.substr(std::min(bytes.size(), taken + 7)), "\x81\x01x");
}

TEST_F(UpgradeTest, ARefusalHasAStatus) {
    EXPECT_TRUE(upgrade_.take("HTTP/1.1 403 Forbidden\r\nContent-Length: 100000000\r\n\r\n"));
    EXPECT_EQ(upgrade_.error(), websocket::error::upgrade_declined);
    EXPECT_EQ(upgrade_.status(), 403U);
}

TEST_F(UpgradeTest, AnotherVersionIsRefused) {
    EXPECT_EQ(errorWith("HTTP/1.1", "HTTP/1.0"), websocket::error::bad_http_version);
}

TEST_F(UpgradeTest, AnAnswerWithoutUpgradeIsRefused) {
    EXPECT_EQ(errorWith("Upgrade: WebSocket", "Upgrade: h2c"), websocket::error::no_upgrade_websocket);
}

TEST_F(UpgradeTest, AnAnswerWithoutConnectionIsRefused) {
    EXPECT_EQ(errorWith("keep-alive, Upgrade", "keep-alive"), websocket::error::no_connection_upgrade);
}

TEST_F(UpgradeTest, AnAnswerWithoutAcceptIsRefused) {
    EXPECT_EQ(errorWith("Sec-WebSocket-Accept", "X-Accept"), websocket::error::no_sec_accept);
}

TEST_F(UpgradeTest, AnAnswerToAnotherRequestIsRefused) {
    EXPECT_EQ(errorWith(accept(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), websocket::error::bad_sec_accept);
}

TEST_F(UpgradeTest, AHeaderIsBounded) {
    EXPECT_TRUE(upgrade_.take("HTTP/1.1 101 Switching Protocols\r\nX: " + std::string(9000, 'x')));
    EXPECT_EQ(upgrade_.error(), http::error::header_limit);
    EXPECT_EQ(upgrade_.status(), 0U);
}

TEST_F(UpgradeTest, AnEndIsToldApart) {
    upgrade_.end();
    EXPECT_EQ(upgrade_.error(), http::error::end_of_stream);
    Upgrade other(url_);
    EXPECT_FALSE(other.take("HTTP/1.1 101"));
    other.end();
    EXPECT_EQ(other.error(), http::error::partial_message);
}

} // namespace
} // namespace rtms
