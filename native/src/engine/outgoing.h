#ifndef RTMS_ENGINE_OUTGOING_H
#define RTMS_ENGINE_OUTGOING_H

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "loop/stream_options.h"

namespace rtms::outgoing {

/// What the client sends (rtms-protocol.md sections 4 and 5), as JSON text.

/// Message 1.
std::string signalingHandshake(const StreamOptions &options, const std::string &signature);

/// Message 3. Its media_params hold the medium's own parameters, or those of all wanted media where mediaType is
/// media_type::all.
std::string mediaHandshake(const StreamOptions &options, const std::string &signature, std::int32_t mediaType);

/// Message 5.
std::string eventSubscription(const std::set<std::int32_t> &eventTypes, bool subscribe);

/// Message 7.
std::string clientReady(const std::string &streamId);

/// Message 10.
std::string sessionStateQuery(const std::string &sessionId);

/// Message 13, with the timestamp of the request.
std::string keepAlive(std::optional<std::int64_t> timestamp);

/// Message 19.
std::string streamStateQuery(const std::string &streamId);

/// Message 28. timestamp: now, in Unix milliseconds.
std::string videoSubscription(std::int64_t userId, bool subscribe, std::int64_t timestamp);

/// Message 21.
std::string closeRequest(const std::string &streamId);

} // namespace rtms::outgoing

#endif
