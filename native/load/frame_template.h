#ifndef RTMS_LOAD_FRAME_TEMPLATE_H
#define RTMS_LOAD_FRAME_TEMPLATE_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rtms::load {

/// A message of the gateway as a WebSocket frame, encoded once; only times are written into it each time that it is
/// sent. Both are nanoseconds of CLOCK_MONOTONIC: when it was due, and when it was written.
///
/// Media carry them in the first 16 bytes of their payload, most significant byte first; transcripts in their text,
/// "due N sent N", 19 digits each.
class FrameTemplate {
  public:
    /// @param speaker participant's number from 0
    /// @param bytes payload; at least 18
    static FrameTemplate audio(int speaker, std::size_t bytes);
    static FrameTemplate video(int speaker, std::size_t bytes);
    static FrameTemplate transcript(int speaker);
    static FrameTemplate keepAlive();

    /// The frame with these times; good until the next call.
    std::string_view stamped(std::int64_t due, std::int64_t sent);

  private:
    enum class Stamp { none, base64, digits };

    FrameTemplate(const std::string &json, Stamp stamp);

    std::string frame_;
    Stamp stamp_;
    std::size_t timestampAt_ = 0;
    std::size_t stampAt_ = 0;
};

/// A text message as an unmasked WebSocket frame (RFC 6455 section 5.2).
std::string textFrame(std::string_view text);

} // namespace rtms::load

#endif
