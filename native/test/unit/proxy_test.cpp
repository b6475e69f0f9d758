#include "engine/proxy.h"

#include <gtest/gtest.h>

namespace rtms {
namespace {

TEST(Proxy, ReadsHostAndPort) {
    const auto proxy = parseProxy("http://proxy.example:3128");
    ASSERT_TRUE(proxy);
    EXPECT_EQ(proxy->host, "proxy.example");
    EXPECT_EQ(proxy->port, 3128);
    EXPECT_TRUE(proxy->authorization.empty());
    EXPECT_EQ(proxy->authority(), "proxy.example:3128");
    EXPECT_EQ(parseProxy("http://[::1]:1/")->authority(), "[::1]:1");
    EXPECT_EQ(parseProxy("http://[::1]:1/")->host, "::1");
}

TEST(Proxy, DecodesCredentials) {
    // The right sides: printf '...' | base64
    EXPECT_EQ(parseProxy("http://user:password@h:1")->authorization, "Basic dXNlcjpwYXNzd29yZA==");
    EXPECT_EQ(parseProxy("http://u%73er:%70assword@h:1")->authorization, "Basic dXNlcjpwYXNzd29yZA==");
    EXPECT_EQ(parseProxy("http://user@h:1")->authorization, "Basic dXNlcjo=");
    EXPECT_EQ(parseProxy("http://user:@h:1")->authorization, "Basic dXNlcjo=");
    EXPECT_EQ(parseProxy("http://a:b:c%40@h:1")->authorization, "Basic YTpiOmNA");
    EXPECT_EQ(parseProxy("http://user:password@h:1")->authority(), "h:1");
}

TEST(Proxy, RejectsWhatIsNoProxy) {
    for (const std::string text : {
             "",
             "http://",
             "http://h",
             "http://h:",
             "http://h:0",
             "http://h:65536",
             "http://h:1x",
             "http://:1",
             "h:1",
             "https://h:1",
             "socks5://h:1",
             "ws://h:1",
             "http://h:1/path",
             "http://h:1//",
             "http://h:1?q",
             "http://h h:1",
             "http://h\r\nX: y:1",
             "http://@h:1",
             "http://:password@h:1",
             "http://a@b@h:1",
             "http://a:b@c@h:1",
             "http://a:%@h:1",
             "http://a:%4@h:1",
             "http://a:%zz@h:1",
             "http://a:%-1@h:1",
             "http://a%3Ab:c@h:1",
             "http://a:b%0d%0aX:@h:1",
             "http://a:%00@h:1",
             "http://a:\x01@h:1",
             "http://::1:1",
             "http://[::1:1",
         }) {
        EXPECT_FALSE(parseProxy(text)) << text;
    }
    EXPECT_FALSE(parseProxy("http://" + std::string(300, 'h') + ":1"));
    EXPECT_FALSE(parseProxy("http://a:" + std::string(5000, 'p') + "@h:1"));
}

} // namespace
} // namespace rtms
