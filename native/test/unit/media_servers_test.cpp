#include "engine/media_servers.h"

#include <gtest/gtest.h>

#include "engine/media_type.h"

namespace rtms {
namespace {

std::string firstOf(const MediaServers &servers, std::int32_t type, bool preferAudio = false) {
    const auto urls = servers.find(type, preferAudio);
    return urls.empty() ? "" : urls.front().host;
}

TEST(MediaServers, PrefersAMediumsOwnServer) {
    MediaServers servers;
    servers.add("all", "ws://all");
    servers.add("audio", "ws://audio");
    servers.add("sharescreen", "ws://share");
    EXPECT_EQ(firstOf(servers, media_type::audio), "audio");
    EXPECT_EQ(firstOf(servers, media_type::deskshare), "share");
    EXPECT_EQ(firstOf(servers, media_type::transcript), "all");
    EXPECT_EQ(firstOf(servers, media_type::all), "all");
}

TEST(MediaServers, FallsBackToAny) {
    MediaServers servers;
    servers.add("video", "ws://video");
    EXPECT_EQ(firstOf(servers, media_type::chat), "video");
    EXPECT_EQ(firstOf(servers, media_type::all), "video");
}

TEST(MediaServers, PrefersAudioForContactCenters) {
    MediaServers servers;
    servers.add("all", "ws://all");
    servers.add("audio", "ws://audio");
    EXPECT_EQ(firstOf(servers, media_type::all, true), "audio");
    EXPECT_EQ(firstOf(servers, media_type::all, false), "all");
}

TEST(MediaServers, AKeyOfAnyLengthNamesServers) {
    MediaServers servers;
    servers.add(std::string(1'000'000, 'k'), "ws://other");
    EXPECT_EQ(firstOf(servers, media_type::audio), "other");
}

TEST(MediaServers, LeavesOutWhatIsNoUrl) {
    MediaServers servers;
    servers.add("audio", "nonsense");
    EXPECT_TRUE(servers.find(media_type::audio, false).empty());
}

} // namespace
} // namespace rtms
