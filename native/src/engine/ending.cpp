#include "engine/ending.h"

#include <boost/beast/websocket/error.hpp>

#include "rtms.h"

namespace rtms {

namespace {

namespace websocket = boost::beast::websocket;

constexpr std::uint16_t noCloseCode = 1006;
constexpr std::size_t maximalExcerpt = 300;

} // namespace

Ending endingOfRead(const boost::beast::error_code &error, std::uint16_t closeCode, const std::string &peer) {
    if (error == websocket::error::closed) {
        const std::uint16_t code = closeCode == 0 ? noCloseCode : closeCode;
        return {RTMS_E_CLOSED, code, peer + " closed the connection with code " + std::to_string(code)};
    }
    if (error == websocket::error::message_too_big || error == websocket::error::buffer_overflow) {
        return {RTMS_E_TOO_LARGE, 0, peer + " sent a message that is larger than allowed"};
    }
    if (error == websocket::condition::protocol_violation || error == websocket::error::bad_frame_payload) {
        return {RTMS_E_PROTOCOL, 0, peer + " broke the WebSocket protocol: " + error.message()};
    }
    return {RTMS_E_CLOSED, noCloseCode, "connection to " + peer + " was lost: " + error.message()};
}

std::string excerpt(std::string_view words) {
    if (words.size() <= maximalExcerpt) {
        return std::string(words);
    }
    std::size_t end = maximalExcerpt;
    while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U) {
        --end; // not inside a character of several bytes
    }
    return std::string(words.substr(0, end)) + "...";
}

} // namespace rtms
