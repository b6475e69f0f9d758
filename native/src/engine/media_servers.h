#ifndef RTMS_ENGINE_MEDIA_SERVERS_H
#define RTMS_ENGINE_MEDIA_SERVERS_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/url.h"

namespace rtms {

/// The media servers that message 2 names, and the rule which of them serves a medium (rtms-protocol.md section 4.2).
class MediaServers {
  public:
    /// value: one URL or a comma list. Entries without a usable URL are left out.
    void add(std::string_view key, std::string_view value);

    /// Servers for a media type in the order in which to try them; empty where the server offers none. Contact centers
    /// (preferAudio) serve everything at "audio" rather than at "all".
    std::vector<Url> find(std::int32_t mediaType, bool preferAudio) const;

  private:
    struct Entry {
        std::string key;
        std::vector<Url> urls;
    };

    const std::vector<Url> *lookUp(std::string_view key) const;

    std::vector<Entry> entries_;
};

} // namespace rtms

#endif
