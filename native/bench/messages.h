#ifndef RTMS_BENCH_MESSAGES_H
#define RTMS_BENCH_MESSAGES_H

#include <cstddef>
#include <string>

namespace rtms::bench {

/// Messages as Zoom sends them (rtms-protocol.md sections 4 and 5). bytes: of the frame, before Base64.
std::string audio(std::size_t bytes);
std::string video(std::size_t bytes);
std::string deskshare(std::size_t bytes);
std::string transcript();
std::string chat();
std::string keepAlive();
std::string event();

/// Bytes without pattern, the same in every run.
std::string noise(std::size_t bytes);

} // namespace rtms::bench

#endif
