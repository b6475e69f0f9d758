#ifndef RTMS_ENGINE_FRAME_READER_H
#define RTMS_ENGINE_FRAME_READER_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/spare_buffers.h"

namespace rtms {

/// Reads what a WebSocket server sends (RFC 6455 section 5, without extensions) from its bytes as they come, and puts
/// messages together. A message that lies whole within the bytes stays where it is; of all others it keeps a copy until
/// it has been read. Whether text is UTF-8 is for whoever reads it.
///
/// Threads: one at a time.
class FrameReader {
  public:
    enum class Event {
        none, // all bytes are taken, and more are needed
        message,
        ping,
        close, // the last event, as the next
        fault,
    };

    enum class Fault {
        none,
        reservedBits,
        opcode,
        masked,
        controlFragment,
        controlSize,
        size,         // written in more bytes than it takes, or beyond 63 bits
        dataFrame,    // a new message within another one
        continuation, // of nothing
        tooLarge,
        closeSize,
        closeCode,
        closeReason, // not UTF-8
    };

    FrameReader(std::size_t maxMessageBytes, SpareBuffers &spares) : maximum_(maxMessageBytes), spares_(spares) {}

    /// The next event; takes what belongs to it off the front of the bytes. MessageParser::padding bytes behind them
    /// can be read.
    Event next(std::string_view &bytes);

    /// The message's, or the ping's; until the next call, and as long as the bytes. Padding as above.
    std::string_view payload() const { return payload_; }
    /// 0 where the close frame has none.
    std::uint16_t closeCode() const { return closeCode_; }
    Fault fault() const { return fault_; }

  private:
    enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

    static constexpr std::size_t maximalHeader = 10;
    static constexpr std::size_t maximalControl = 125;

    Event fail(Fault fault);
    void forgetMessage();
    bool takeHeader(std::string_view &bytes);
    std::size_t headerSize() const;
    Fault checkFlags() const;
    Fault readSize();
    bool isControl() const { return static_cast<std::uint8_t>(opcode_) >= 8; }
    bool takeData(std::string_view &bytes);
    bool takeControl(std::string_view &bytes);
    Event readControl();
    Event readClose();
    void append(std::string_view part);

    const std::size_t maximum_;
    SpareBuffers &spares_;

    std::array<std::uint8_t, maximalHeader> header_{};
    std::size_t headerBytes_ = 0; // of the present frame, as many as have come
    bool inPayload_ = false;
    Opcode opcode_ = Opcode::continuation;
    bool isLast_ = false;
    std::uint64_t left_ = 0; // of the frame's payload

    bool inMessage_ = false; // between the frames of one
    std::string message_;    // what is kept of it
    std::array<char, maximalControl> control_{};
    std::size_t controlBytes_ = 0;

    std::string_view payload_;
    std::uint16_t closeCode_ = 0;
    Fault fault_ = Fault::none;
    Event last_ = Event::none; // close or fault
};

} // namespace rtms

#endif
