#ifndef RTMS_LOOP_STREAM_OPTIONS_H
#define RTMS_LOOP_STREAM_OPTIONS_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "rtms.h"

namespace rtms {

/// Text that a message may carry: UTF-8 of bounded size.
bool isUsableText(std::string_view text);

/// What the caller has set on a stream: the options of rtms.h with their defaults, and the events asked for. An attempt
/// gets a copy.
///
/// The setters return RTMS_OK or RTMS_E_INVALID_ARGUMENT and change nothing in the second case.
struct StreamOptions {
    std::string streamId;
    std::string idKey = "meeting_uuid";
    std::string id;
    std::string serverUrls;
    std::string clientId;
    std::string clientSecret;
    std::string signature;
    std::string mediaParams; // a JSON object, or empty
    std::string proxy;       // a URL, or empty
    std::string caFile;      // empty: the loop's
    std::int32_t mediaTypes = 8;
    bool split = true;
    bool bufferData = true;
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds handshakeTimeout{10'000};
    std::chrono::milliseconds keepAliveTimeout{65'000};
    std::size_t maxMessageBytes = 16'777'216;
    std::optional<bool> verifyTls; // none: the loop's
    std::set<std::int32_t> events;

    std::int32_t setString(std::int32_t option, std::string_view value);
    std::int32_t setInt(std::int32_t option, std::int64_t value);
    /// What setting would make these options of default ones.
    const std::string &getString(std::int32_t option) const;
    std::int64_t getInt(std::int32_t option) const;
    static constexpr std::int32_t lastString = RTMS_STRING_CA_FILE;
    static constexpr std::int32_t lastInt = RTMS_INT_VERIFY_TLS;

    /// RTMS_E_INVALID_ARGUMENT where something that a join needs is missing.
    std::int32_t check() const;

    bool wants(std::int32_t mediaType) const { return (mediaTypes & mediaType) != 0; }
};

} // namespace rtms

#endif
