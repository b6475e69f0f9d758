#include "engine/websocket.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/websocket/error.hpp>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "fuzz/fake_network.h"
#include "fuzz/fake_server.h"

namespace rtms {
namespace {

namespace asio = boost::asio;
using fuzz::FakeNetwork;
using fuzz::FakeServer;

constexpr std::uint8_t text = 0x81;
constexpr std::uint8_t ping = 0x89;
constexpr std::uint8_t closing = 0x88;

/// Two WebSockets of one loop, each with its server.
class WebSocketTest : public testing::Test {
  protected:
    struct Pair {
        std::shared_ptr<WebSocket> client;
        std::optional<FakeServer> server;
        int descriptor = -1;  // the server's
        std::string received; // by the server
        int closings = 0;
    };

    WebSocketTest() {
        for (Pair &pair : pairs_) {
            open(pair);
        }
    }

    void open(Pair &pair) {
        const auto [ours, theirs] = FakeNetwork::pair();
        pair.client = std::make_shared<WebSocket>(context_, parseServerList("ws://host/").at(0), TlsClient{}, 100'000,
                                                  resources_, [&pair] { ++pair.closings; });
        pair.client->socket().assign(asio::ip::tcp::v4(), ours);
        EXPECT_FALSE(pair.client->adopt());
        pair.server.emplace(theirs);
        pair.descriptor = theirs;
        asio::co_spawn(
            context_,
            [&pair]() -> asio::awaitable<void> {
                unsigned status = 0;
                EXPECT_FALSE(co_await pair.client->upgrade(status));
                EXPECT_EQ(status, 101U);
            },
            asio::detached);
        run();
        pair.server->read();
        pair.server->answer();
        run();
    }

    void run() {
        context_.restart();
        context_.poll();
    }

    /// What the client has sent since the last call: the opcode and the unmasked payload of each whole frame.
    std::vector<std::string> sent(Pair &pair) {
        run();
        std::array<char, 65'536> part{};
        const ssize_t size = ::recv(pair.descriptor, part.data(), part.size(), MSG_DONTWAIT);
        std::string &bytes = pair.received.append(part.data(), size < 0 ? 0 : static_cast<std::size_t>(size));
        constexpr std::size_t header = 6;
        std::vector<std::string> frames;
        while (bytes.size() >= header && bytes.size() >= header + (bytes[1] & 0x7F)) {
            const std::size_t length = bytes[1] & 0x7F;
            std::string frame = std::to_string(bytes[0] & 0x0F) + ' ';
            for (std::size_t index = 0; index < length; ++index) {
                frame += static_cast<char>(bytes[header + index] ^ bytes[2 + index % 4]);
            }
            frames.push_back(frame);
            bytes.erase(0, header + length);
        }
        return frames;
    }

    static std::vector<std::string> messages(Pair &pair) {
        std::vector<std::string> all;
        while (const auto message = pair.client->next()) {
            all.emplace_back(*message);
        }
        return all;
    }

    asio::io_context context_{1};
    std::shared_ptr<LoopResources> resources_ = std::make_shared<LoopResources>(context_);
    std::array<Pair, 2> pairs_;
    Pair &one_ = pairs_[0];
    Pair &other_ = pairs_[1];
};

TEST_F(WebSocketTest, WhatIsNotHandledYetOutlivesTheReadingOfAnotherOne) {
    for (const char *word : {"first", "second", "third"}) {
        one_.server->frame(text, word);
    }
    one_.client->fill();
    EXPECT_EQ(one_.client->next(), "first");
    other_.server->frame(text, std::string(1000, 'o'));
    other_.client->fill();
    EXPECT_TRUE(one_.client->hasUnread());
    EXPECT_EQ(messages(one_), (std::vector<std::string>{"second", "third"}));
    EXPECT_EQ(messages(other_), (std::vector<std::string>{std::string(1000, 'o')}));
    EXPECT_FALSE(one_.client->hasUnread());
}

TEST_F(WebSocketTest, AMessageOfTwoReadingsIsPutTogetherAcrossThoseOfAnotherOne) {
    one_.server->send(std::string("\x81\x06one", 5));
    one_.client->fill();
    EXPECT_FALSE(one_.client->next());
    other_.server->frame(text, "other");
    other_.client->fill();
    EXPECT_EQ(messages(other_), (std::vector<std::string>{"other"}));
    one_.server->send("two");
    one_.client->fill();
    EXPECT_EQ(messages(one_), (std::vector<std::string>{"onetwo"}));
}

TEST_F(WebSocketTest, OfManyPingsTheLatestIsAnswered) {
    for (const char *word : {"a", "b", "c"}) {
        one_.server->frame(ping, word);
    }
    one_.client->fill();
    EXPECT_FALSE(one_.client->next());
    EXPECT_EQ(sent(one_), (std::vector<std::string>{"10 c"}));
}

TEST_F(WebSocketTest, TheMessagesOfOneTurnAreSentAtItsEnd) {
    one_.client->write("a");
    one_.client->write("b");
    EXPECT_EQ(one_.client->unsent(), 2U);
    EXPECT_EQ(sent(one_), (std::vector<std::string>{"1 a", "1 b"}));
    EXPECT_EQ(one_.client->unsent(), 0U);
}

TEST_F(WebSocketTest, MessagesThatThePeerDoesNotTakeWaitForIt) {
    const std::string large(60, 'l');
    while (one_.client->unsent() < 10) {
        one_.client->write(large);
        one_.client->flush();
    }
    while (!sent(one_).empty()) {
    }
    EXPECT_EQ(one_.client->unsent(), 0U);
}

TEST_F(WebSocketTest, ACloseFrameIsAnsweredWithItsCode) {
    one_.server->frame(text, "last");
    one_.server->frame(closing, "\x03\xe9");
    one_.client->fill();
    EXPECT_EQ(messages(one_), (std::vector<std::string>{"last"}));
    EXPECT_EQ(one_.client->error(), boost::beast::websocket::error::closed);
    EXPECT_EQ(one_.client->closeCode(), 1001);
    EXPECT_EQ(sent(one_), (std::vector<std::string>{"8 \x03\xe9"}));
}

TEST_F(WebSocketTest, MessagesAreReadAfterOurGoodbyeAndNothingIsSent) {
    one_.client->sayGoodbye();
    one_.client->write("late");
    one_.server->frame(ping, "still there?");
    one_.server->frame(text, "under way");
    one_.server->frame(closing, "\x03\xe8");
    one_.client->fill();
    EXPECT_EQ(messages(one_), (std::vector<std::string>{"under way"}));
    EXPECT_EQ(one_.client->error(), boost::beast::websocket::error::closed);
    EXPECT_EQ(sent(one_), (std::vector<std::string>{"8 \x03\xe8"}));
}

TEST_F(WebSocketTest, AnAnswerToACloseFrameThatThePeerDoesNotTakeIsWaitedFor) {
    while (one_.client->unsent() == 0) {
        one_.client->write(std::string(100, 'l'));
        one_.client->flush();
    }
    one_.server->frame(closing, "\x03\xe8");
    one_.client->fill();
    EXPECT_FALSE(one_.client->next());
    EXPECT_FALSE(one_.client->error());
    EXPECT_EQ(one_.closings, 1);
    std::vector<std::string> last;
    for (std::vector<std::string> frames = sent(one_); !frames.empty(); frames = sent(one_)) {
        last = frames;
    }
    EXPECT_EQ(last.back(), "8 \x03\xe8");
    one_.client->fill();
    EXPECT_EQ(one_.client->error(), boost::beast::websocket::error::closed);
}

TEST_F(WebSocketTest, WhoBreaksTheProtocolIsTold) {
    one_.server->frame(0x83, "?");
    one_.client->fill();
    EXPECT_FALSE(one_.client->next());
    EXPECT_EQ(one_.client->error(), boost::beast::websocket::error::bad_opcode);
    EXPECT_EQ(sent(one_), (std::vector<std::string>{"8 \x03\xea"}));
    other_.server->frame(text, std::string(100'001, 'x'));
    other_.client->fill();
    EXPECT_FALSE(other_.client->next());
    EXPECT_EQ(other_.client->error(), boost::beast::websocket::error::message_too_big);
    EXPECT_EQ(sent(other_), (std::vector<std::string>{"8 \x03\xf1"}));
}

} // namespace
} // namespace rtms
