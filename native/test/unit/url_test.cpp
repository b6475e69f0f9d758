#include "engine/url.h"

#include <gtest/gtest.h>

namespace rtms {
namespace {

TEST(Url, KeepsHostPortAndTarget) {
    const auto url = parseUrl("wss://rtms-sjc1.zoom.us:8443/path/a?x=1,2&y=%20");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->tls);
    EXPECT_EQ(url->host, "rtms-sjc1.zoom.us");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->target, "/path/a?x=1,2&y=%20");
    EXPECT_EQ(url->authority(), "rtms-sjc1.zoom.us:8443");
}

TEST(Url, FillsInPortAndPath) {
    EXPECT_EQ(parseUrl("wss://host")->port, 443);
    EXPECT_EQ(parseUrl("ws://host")->port, 80);
    EXPECT_EQ(parseUrl("WS://host:")->port, 80);
    EXPECT_EQ(parseUrl("ws://host")->target, "/");
    EXPECT_EQ(parseUrl("ws://host?q=1")->target, "/?q=1");
    EXPECT_EQ(parseUrl("ws://host/p#fragment")->target, "/p");
}

TEST(Url, ReadsIpv6Literals) {
    const auto url = parseUrl("ws://[::1]:99/x");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "::1");
    EXPECT_EQ(url->port, 99);
    EXPECT_EQ(url->authority(), "[::1]:99");
}

TEST(Url, RejectsWhatIsHostileOrNoWebSocket) {
    for (const std::string_view text : {"",
                                        "host",
                                        "http://host",
                                        "wss:/host",
                                        "wss://",
                                        "ws:///path",
                                        "ws://:80",
                                        "ws://host:0",
                                        "ws://host:65536",
                                        "ws://host:8x",
                                        "ws://host:-1",
                                        "ws://user@host",
                                        "ws://user:pw@host/",
                                        "ws://ho st",
                                        "ws://host/a b",
                                        "ws://host/\r\nX: y",
                                        "ws://[::1",
                                        "ws://[]",
                                        "ws://[host]",
                                        "ws://[::1]x",
                                        "ws://host:80:80",
                                        "ws://h\xc3\xb6st",
                                        "ws://host/\x7f",
                                        "wss://ho,st",
                                        "srt://host:1"}) {
        EXPECT_FALSE(parseUrl(text)) << text;
    }
    EXPECT_FALSE(parseUrl("ws://" + std::string(300, 'a')));
    EXPECT_FALSE(parseUrl("ws://host/" + std::string(5000, 'a')));
    EXPECT_FALSE(parseUrl(std::string_view("ws://ho\0st", 10)));
}

TEST(ServerList, KeepsOrderAndLeavesOutWhatIsNoWebSocket) {
    const auto servers = parseServerList(" wss://one:1 ,http://no,, ws://two:2/x\t,srt://three:3,wss://four");
    ASSERT_EQ(servers.size(), 3U);
    EXPECT_EQ(servers[0].authority(), "one:1");
    EXPECT_EQ(servers[1].authority(), "two:2");
    EXPECT_EQ(servers[2].authority(), "four:443");
}

TEST(ServerList, IsEmptyForRubbish) {
    EXPECT_TRUE(parseServerList("").empty());
    EXPECT_TRUE(parseServerList(",,, ,").empty());
    EXPECT_TRUE(parseServerList("not a url").empty());
}

TEST(ServerList, IsBounded) {
    std::string text;
    for (int index = 0; index < 1000; ++index) {
        text += "ws://host,";
    }
    EXPECT_LE(parseServerList(text).size(), 32U);
}

} // namespace
} // namespace rtms
