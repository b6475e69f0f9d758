#ifndef RTMS_WORKER_WIRE_H
#define RTMS_WORKER_WIRE_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "loop/command.h"
#include "loop/stream_options.h"

namespace rtms {

/// What a loop's owner tells its worker. Both come out of one build, so there is no version in it.
enum class Order : std::uint8_t {
    tls,      // text: CA file; number: verify
    logLevel, // number
    create,   // number: stream, number: place of its phase
    destroy,  // number: stream
    command,  // number: stream, then the command
    join,     // number: stream, then the options
    endLost,  // number: stream, text: reason
    pulse,
    space,
    stop,
};

/// Puts an order together.
class OrderWriter {
  public:
    explicit OrderWriter(Order order) : bytes_(1, static_cast<char>(order)) {}

    OrderWriter &number(std::int64_t value);
    OrderWriter &text(std::string_view value);
    OrderWriter &command(const Command &command);
    /// Without the events asked for, which the worker knows.
    OrderWriter &options(const StreamOptions &options);

    std::string take() { return std::move(bytes_); }

  private:
    std::string bytes_;
};

/// Takes an order apart. Throws std::runtime_error where it is not what it should be.
class OrderReader {
  public:
    explicit OrderReader(std::string_view bytes) : rest_(bytes) {}

    Order order() { return static_cast<Order>(byte()); }
    std::int64_t number();
    std::string text();
    Command command();
    StreamOptions options();

  private:
    std::uint8_t byte();
    std::string_view take(std::size_t bytes);

    std::string_view rest_;
};

/// A message, on a socket: its length, then the bytes.
constexpr std::size_t maximalOrder = 64U << 20;

/// False where the other side is gone. Waits for room.
bool sendMessage(int socket, std::string_view message);
/// Nothing where the other side is gone or sends more than maximalOrder. Waits.
std::optional<std::string> receiveMessage(int socket);

} // namespace rtms

#endif
