#include "engine/frame_reader.h"

#include <algorithm>
#include <utility>

#include <simdjson.h>

namespace rtms {

namespace {

constexpr std::uint8_t lastBit = 0x80;
constexpr std::uint8_t reservedBits = 0x70;
constexpr std::uint8_t opcodeBits = 0x0F;
constexpr std::uint8_t maskBit = 0x80;
constexpr std::uint8_t sizeBits = 0x7F;
constexpr std::uint8_t twoBytesFollow = 126;
constexpr std::uint8_t eightBytesFollow = 127;
/// A server that announces much gets no more room than it fills.
constexpr std::size_t firstRoom = 1U << 16;

/// Codes that an endpoint may send (RFC 6455 section 7.4 and IANA's registry).
bool maySend(std::uint16_t code) {
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1013) || code >= 3000;
}

} // namespace

FrameReader::Event FrameReader::next(std::string_view &bytes) {
    forgetMessage();
    while (last_ == Event::none) {
        if (!inPayload_ && !takeHeader(bytes)) {
            return last_;
        }
        if (isControl()) {
            if (!takeControl(bytes)) {
                return Event::none;
            }
            if (const Event event = readControl(); event != Event::none) {
                return event;
            }
        } else if (takeData(bytes)) {
            return Event::message;
        } else if (inPayload_) {
            return Event::none;
        }
    }
    return last_;
}

FrameReader::Event FrameReader::fail(Fault fault) {
    fault_ = fault;
    last_ = Event::fault;
    return last_;
}

void FrameReader::forgetMessage() {
    payload_ = {};
    if (!inMessage_ && !inPayload_ && message_.capacity() > std::string().capacity()) {
        spares_.giveBack(std::move(message_));
        message_ = std::string();
    }
}

/// False where it is not complete yet, or wrong.
bool FrameReader::takeHeader(std::string_view &bytes) {
    while (headerBytes_ < headerSize()) {
        if (bytes.empty()) {
            return false;
        }
        header_[headerBytes_++] = static_cast<std::uint8_t>(bytes.front());
        bytes.remove_prefix(1);
        if (headerBytes_ == 2) {
            opcode_ = static_cast<Opcode>(header_[0] & opcodeBits);
            isLast_ = (header_[0] & lastBit) != 0;
            if (const Fault fault = checkFlags(); fault != Fault::none) {
                fail(fault);
                return false;
            }
        }
    }
    if (const Fault fault = readSize(); fault != Fault::none) {
        fail(fault);
        return false;
    }
    headerBytes_ = 0;
    inPayload_ = true;
    return true;
}

std::size_t FrameReader::headerSize() const {
    const std::uint8_t size = headerBytes_ < 2 ? 0 : header_[1] & sizeBits;
    return size == eightBytesFollow ? 10 : size == twoBytesFollow ? 4 : 2;
}

FrameReader::Fault FrameReader::checkFlags() const {
    if ((header_[0] & reservedBits) != 0) {
        return Fault::reservedBits;
    }
    if ((header_[1] & maskBit) != 0) {
        return Fault::masked;
    }
    switch (opcode_) {
    case Opcode::continuation:
        return inMessage_ ? Fault::none : Fault::continuation;
    case Opcode::text:
    case Opcode::binary:
        return inMessage_ ? Fault::dataFrame : Fault::none;
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
        if (!isLast_) {
            return Fault::controlFragment;
        }
        return (header_[1] & sizeBits) <= maximalControl ? Fault::none : Fault::controlSize;
    }
    return Fault::opcode;
}

FrameReader::Fault FrameReader::readSize() {
    left_ = header_[1] & sizeBits;
    const std::size_t bytes = headerSize();
    if (bytes > 2) {
        left_ = 0;
        for (std::size_t index = 2; index < bytes; ++index) {
            left_ = left_ << 8U | header_[index];
        }
        const std::uint64_t least = bytes == 4 ? twoBytesFollow : 1U << 16U;
        if (left_ < least || left_ >> 63U != 0) {
            return Fault::size;
        }
    }
    return isControl() || left_ <= maximum_ - message_.size() ? Fault::none : Fault::tooLarge;
}

/// True at the end of a message.
bool FrameReader::takeData(std::string_view &bytes) {
    const std::string_view part = bytes.substr(0, left_);
    bytes.remove_prefix(part.size());
    const bool isWhole = isLast_ && !inMessage_ && message_.empty() && part.size() == left_;
    left_ -= part.size();
    if (isWhole) {
        payload_ = part;
    } else {
        append(part);
    }
    if (left_ != 0) {
        return false;
    }
    inPayload_ = false;
    inMessage_ = !isLast_;
    if (isLast_ && !isWhole) {
        const std::size_t size = message_.size();
        message_.append(simdjson::SIMDJSON_PADDING, '\0');
        payload_ = std::string_view(message_).substr(0, size);
    }
    return isLast_;
}

void FrameReader::append(std::string_view part) {
    if (part.empty()) {
        return;
    }
    if (message_.empty()) {
        message_ = spares_.take();
        const std::size_t rest = static_cast<std::size_t>(std::min<std::uint64_t>(left_, firstRoom));
        message_.reserve(part.size() + rest + simdjson::SIMDJSON_PADDING);
    }
    message_.append(part);
}

/// True where the frame is complete.
bool FrameReader::takeControl(std::string_view &bytes) {
    const std::string_view part = bytes.substr(0, left_);
    bytes.remove_prefix(part.size());
    left_ -= part.size();
    std::copy(part.begin(), part.end(), control_.begin() + static_cast<std::ptrdiff_t>(controlBytes_));
    controlBytes_ += part.size();
    inPayload_ = left_ != 0;
    return !inPayload_;
}

FrameReader::Event FrameReader::readControl() {
    payload_ = {control_.data(), std::exchange(controlBytes_, 0)};
    if (opcode_ == Opcode::close) {
        return readClose();
    }
    return opcode_ == Opcode::ping ? Event::ping : Event::none; // a pong that nobody has asked for says nothing
}

FrameReader::Event FrameReader::readClose() {
    if (payload_.size() == 1) {
        return fail(Fault::closeSize);
    }
    if (payload_.size() >= 2) {
        const auto high = static_cast<std::uint8_t>(payload_[0]);
        const auto low = static_cast<std::uint8_t>(payload_[1]);
        const auto code = static_cast<std::uint16_t>(high << 8U | low);
        if (!maySend(code)) {
            return fail(Fault::closeCode);
        }
        if (!simdjson::validate_utf8(payload_.data() + 2, payload_.size() - 2)) {
            return fail(Fault::closeReason);
        }
        closeCode_ = code;
    }
    last_ = Event::close;
    return last_;
}

} // namespace rtms
