#include "engine/media_servers.h"

#include <initializer_list>
#include <utility>

#include "engine/media_type.h"

namespace rtms {

namespace {

constexpr std::size_t maximalEntries = 32;
constexpr std::size_t maximalKey = 64; // a longer one is none that is looked for, but its servers are kept

std::vector<std::string_view> keysFor(std::int32_t mediaType, bool preferAudio) {
    switch (mediaType) {
    case media_type::audio:
        return {"audio", "all"};
    case media_type::video:
        return {"video", "all"};
    case media_type::deskshare:
        return {"deskshare", "sharescreen", "share", "all"};
    case media_type::transcript:
        return {"transcript", "all"};
    case media_type::chat:
        return {"chat", "all"};
    default:
        break;
    }
    if (preferAudio) {
        return {"audio", "all"};
    }
    return {"all", "audio"};
}

} // namespace

void MediaServers::add(std::string_view key, std::string_view value) {
    std::vector<Url> urls = parseServerList(value);
    if (!urls.empty() && entries_.size() < maximalEntries) {
        entries_.push_back({std::string(key.substr(0, maximalKey)), std::move(urls)});
    }
}

const std::vector<Url> *MediaServers::lookUp(std::string_view key) const {
    for (const Entry &entry : entries_) {
        if (entry.key == key) {
            return &entry.urls;
        }
    }
    return nullptr;
}

std::vector<Url> MediaServers::find(std::int32_t mediaType, bool preferAudio) const {
    for (const std::string_view key : keysFor(mediaType, preferAudio)) {
        if (const auto *urls = lookUp(key)) {
            return *urls;
        }
    }
    return entries_.empty() ? std::vector<Url>() : entries_.front().urls;
}

} // namespace rtms
