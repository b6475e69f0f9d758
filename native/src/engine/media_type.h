#ifndef RTMS_ENGINE_MEDIA_TYPE_H
#define RTMS_ENGINE_MEDIA_TYPE_H

#include <array>
#include <cstdint>
#include <string_view>

namespace rtms::media_type {

/// Media types of the wire (rtms-protocol.md section 10.2).
constexpr std::int32_t audio = 1;
constexpr std::int32_t video = 2;
constexpr std::int32_t deskshare = 4;
constexpr std::int32_t transcript = 8;
constexpr std::int32_t chat = 16;
constexpr std::int32_t all = 32;

constexpr std::array<std::int32_t, 5> single{audio, video, deskshare, transcript, chat};

/// Name of the medium in media_params, and for people.
constexpr std::string_view nameOf(std::int32_t type) {
    switch (type) {
    case audio:
        return "audio";
    case video:
        return "video";
    case deskshare:
        return "deskshare";
    case transcript:
        return "transcript";
    case chat:
        return "chat";
    default:
        return "all";
    }
}

} // namespace rtms::media_type

#endif
