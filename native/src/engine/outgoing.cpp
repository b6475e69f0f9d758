#include "engine/outgoing.h"

#include <boost/json.hpp>

#include "engine/media_type.h"

namespace rtms::outgoing {

namespace {

namespace json = boost::json;

constexpr int protocolVersion = 1;
constexpr int sequence = 1;

json::object handshake(int number, const StreamOptions &options, const std::string &signature) {
    json::object message;
    message["msg_type"] = number;
    message["protocol_version"] = protocolVersion;
    message["sequence"] = sequence;
    message[options.idKey] = options.id;
    message["rtms_stream_id"] = options.streamId;
    message["signature"] = signature;
    return message;
}

/// The parameters of the media that one socket carries.
json::object paramsFor(const StreamOptions &options, std::int32_t mediaType) {
    json::object wanted;
    if (options.mediaParams.empty()) {
        return wanted;
    }
    const json::value given = json::parse(options.mediaParams); // checked when it was set
    for (const std::int32_t type : media_type::single) {
        const bool carried = mediaType == type || (mediaType == media_type::all && options.wants(type));
        const std::string_view name = media_type::nameOf(type);
        if (const json::value *params = carried ? given.as_object().if_contains({name.data(), name.size()}) : nullptr) {
            wanted[{name.data(), name.size()}] = *params;
        }
    }
    return wanted;
}

std::string ofStream(int number, const std::string &streamId) {
    return json::serialize(json::object{{"msg_type", number}, {"rtms_stream_id", streamId}});
}

} // namespace

std::string signalingHandshake(const StreamOptions &options, const std::string &signature) {
    json::object message = handshake(1, options, signature);
    message["buffer_data"] = options.bufferData;
    return json::serialize(message);
}

std::string mediaHandshake(const StreamOptions &options, const std::string &signature, std::int32_t mediaType) {
    json::object message = handshake(3, options, signature);
    message["media_type"] = mediaType;
    message["payload_encryption"] = false;
    json::object params = paramsFor(options, mediaType);
    if (!params.empty()) {
        message["media_params"] = std::move(params);
    }
    return json::serialize(message);
}

std::string eventSubscription(const std::set<std::int32_t> &eventTypes, bool subscribe) {
    json::array events;
    for (const std::int32_t type : eventTypes) {
        events.push_back(json::object{{"event_type", type}, {"subscribe", subscribe}});
    }
    return json::serialize(json::object{{"msg_type", 5}, {"events", std::move(events)}});
}

std::string clientReady(const std::string &streamId) { return ofStream(7, streamId); }

std::string sessionStateQuery(const std::string &sessionId) {
    return json::serialize(json::object{{"msg_type", 10}, {"rtms_session_id", sessionId}});
}

std::string keepAlive(std::optional<std::int64_t> timestamp) {
    if (!timestamp) {
        return R"({"msg_type":13})";
    }
    return R"({"msg_type":13,"timestamp":)" + std::to_string(*timestamp) + "}";
}

std::string streamStateQuery(const std::string &streamId) { return ofStream(19, streamId); }

std::string videoSubscription(std::int64_t userId, bool subscribe, std::int64_t timestamp) {
    return json::serialize(
        json::object{{"msg_type", 28}, {"user_id", userId}, {"subscribe", subscribe}, {"timestamp", timestamp}});
}

std::string closeRequest(const std::string &streamId) { return ofStream(21, streamId); }

} // namespace rtms::outgoing
