#ifndef RTMS_ENGINE_ENDING_H
#define RTMS_ENGINE_ENDING_H

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/beast/core/error.hpp>

namespace rtms {

/// How a socket, a medium or an attempt came to its end: thrown inside the engine, written as MEDIA_LOST or
/// DISCONNECTED at its border.
struct Ending {
    std::int32_t code = 0;   // RTMS_OK or RTMS_E_*
    std::int32_t detail = 0; // status or WebSocket close code
    std::string reason;      // for people; no secrets, no URL beyond host and port, no spoken words
};

/// The ending that an error while reading stands for. closeCode: what the peer's close frame said, 0 where there was
/// none.
Ending endingOfRead(const boost::beast::error_code &error, std::uint16_t closeCode, const std::string &peer);

/// A server's own words, shortened so that they fit into a reason.
std::string excerpt(std::string_view words);

} // namespace rtms

#endif
