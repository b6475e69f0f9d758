#ifndef RTMS_ENGINE_FRAME_WRITER_H
#define RTMS_ENGINE_FRAME_WRITER_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rtms {

/// Keys that nobody can foretell, as RFC 6455 section 10.3 wants them for every frame.
///
/// Threads: one at a time.
class MaskingKeys {
  public:
    using Key = std::array<std::uint8_t, 4>;

    /// Throws std::bad_alloc where OpenSSL has no random numbers.
    Key next();

  private:
    static constexpr std::size_t stock = 64;

    std::array<Key, stock> keys_{};
    std::size_t used_ = stock;
};

/// Writes a client's WebSocket frames (RFC 6455 section 5): whole, masked, without extensions.
namespace frame_writer {

void text(std::string &target, std::string_view payload, MaskingKeys &keys);

/// payload: the ping's, at most 125 bytes.
void pong(std::string &target, std::string_view payload, MaskingKeys &keys);

/// Code 0: without one.
void close(std::string &target, std::uint16_t code, MaskingKeys &keys);

} // namespace frame_writer

} // namespace rtms

#endif
