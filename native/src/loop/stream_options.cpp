#include "loop/stream_options.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <boost/json.hpp>
#include <simdjson.h>

namespace rtms {

namespace {

constexpr std::size_t maximalString = 1U << 20;
constexpr std::int64_t maximalTimeout = 24LL * 3600 * 1000;
constexpr std::int64_t minimalMessage = 1024;
constexpr std::int64_t maximalMessage = 16'777'216;
constexpr std::int64_t allMediaTypes = 1 | 2 | 4 | 8 | 16;

bool isIdKey(std::string_view key) {
    constexpr std::array<std::string_view, 5> keys{"meeting_uuid", "webinar_uuid", "session_id", "engagement_id",
                                                   "call_id"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Boost reads a number beyond a double's range as infinity, and writes that as one that no other parser takes.
bool isFinite(const boost::json::value &value) {
    if (const auto *object = value.if_object()) {
        return std::all_of(object->begin(), object->end(), [](const auto &field) { return isFinite(field.value()); });
    }
    if (const auto *array = value.if_array()) {
        return std::all_of(array->begin(), array->end(), isFinite);
    }
    const double *number = value.if_double();
    return number == nullptr || std::isfinite(*number);
}

bool isJsonObject(std::string_view text) {
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(text, error);
    return !error && value.is_object() && isFinite(value);
}

std::int32_t setFlag(bool &flag, std::int64_t value) {
    if (value != 0 && value != 1) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    flag = value == 1;
    return RTMS_OK;
}

std::int32_t setTimeout(std::chrono::milliseconds &timeout, std::int64_t value) {
    if (value < 1 || value > maximalTimeout) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    timeout = std::chrono::milliseconds(value);
    return RTMS_OK;
}

/// Options is StreamOptions, const or not.
template <class Options> auto stringOf(Options &options, std::int32_t option) -> decltype(&options.id) {
    switch (option) {
    case RTMS_STRING_STREAM_ID:
        return &options.streamId;
    case RTMS_STRING_ID_KEY:
        return &options.idKey;
    case RTMS_STRING_ID:
        return &options.id;
    case RTMS_STRING_SERVER_URLS:
        return &options.serverUrls;
    case RTMS_STRING_CLIENT_ID:
        return &options.clientId;
    case RTMS_STRING_CLIENT_SECRET:
        return &options.clientSecret;
    case RTMS_STRING_SIGNATURE:
        return &options.signature;
    case RTMS_STRING_MEDIA_PARAMS:
        return &options.mediaParams;
    case RTMS_STRING_PROXY:
        return &options.proxy;
    case RTMS_STRING_CA_FILE:
        return &options.caFile;
    default:
        return nullptr;
    }
}

} // namespace

bool isUsableText(std::string_view text) {
    return text.size() <= maximalString && simdjson::validate_utf8(text.data(), text.size());
}

std::int32_t StreamOptions::setString(std::int32_t option, std::string_view value) {
    std::string *target = stringOf(*this, option);
    if (target == nullptr || !isUsableText(value)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    if (option == RTMS_STRING_ID_KEY && !isIdKey(value)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    if (option == RTMS_STRING_MEDIA_PARAMS && !value.empty() && !isJsonObject(value)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    *target = value;
    return RTMS_OK;
}

std::int32_t StreamOptions::setInt(std::int32_t option, std::int64_t value) {
    switch (option) {
    case RTMS_INT_MEDIA_TYPES:
        if (value < 1 || (value & ~allMediaTypes) != 0) {
            return RTMS_E_INVALID_ARGUMENT;
        }
        mediaTypes = static_cast<std::int32_t>(value);
        return RTMS_OK;
    case RTMS_INT_SPLIT:
        return setFlag(split, value);
    case RTMS_INT_BUFFER_DATA:
        return setFlag(bufferData, value);
    case RTMS_INT_CONNECT_TIMEOUT_MS:
        return setTimeout(connectTimeout, value);
    case RTMS_INT_HANDSHAKE_TIMEOUT_MS:
        return setTimeout(handshakeTimeout, value);
    case RTMS_INT_KEEP_ALIVE_TIMEOUT_MS:
        return setTimeout(keepAliveTimeout, value);
    case RTMS_INT_MAX_MESSAGE_BYTES:
        if (value < minimalMessage || value > maximalMessage) {
            return RTMS_E_INVALID_ARGUMENT;
        }
        maxMessageBytes = static_cast<std::size_t>(value);
        return RTMS_OK;
    case RTMS_INT_VERIFY_TLS:
        if (value < -1 || value > 1) {
            return RTMS_E_INVALID_ARGUMENT;
        }
        verifyTls = value == -1 ? std::nullopt : std::optional(value == 1);
        return RTMS_OK;
    default:
        return RTMS_E_INVALID_ARGUMENT;
    }
}

const std::string &StreamOptions::getString(std::int32_t option) const { return *stringOf(*this, option); }

std::int64_t StreamOptions::getInt(std::int32_t option) const {
    switch (option) {
    case RTMS_INT_MEDIA_TYPES:
        return mediaTypes;
    case RTMS_INT_SPLIT:
        return split ? 1 : 0;
    case RTMS_INT_BUFFER_DATA:
        return bufferData ? 1 : 0;
    case RTMS_INT_CONNECT_TIMEOUT_MS:
        return connectTimeout.count();
    case RTMS_INT_HANDSHAKE_TIMEOUT_MS:
        return handshakeTimeout.count();
    case RTMS_INT_KEEP_ALIVE_TIMEOUT_MS:
        return keepAliveTimeout.count();
    case RTMS_INT_MAX_MESSAGE_BYTES:
        return static_cast<std::int64_t>(maxMessageBytes);
    default: // RTMS_INT_VERIFY_TLS
        return verifyTls ? static_cast<std::int64_t>(*verifyTls) : -1;
    }
}

std::int32_t StreamOptions::check() const {
    const bool canSign = !signature.empty() || (!clientId.empty() && !clientSecret.empty());
    const bool complete = !streamId.empty() && !id.empty() && !serverUrls.empty() && canSign;
    return complete ? RTMS_OK : RTMS_E_INVALID_ARGUMENT;
}

} // namespace rtms
