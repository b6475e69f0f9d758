#include "engine/frame_writer.h"

#include <new>

#include <openssl/rand.h>

namespace rtms {

MaskingKeys::Key MaskingKeys::next() {
    if (used_ == stock) {
        if (RAND_bytes(reinterpret_cast<unsigned char *>(keys_.data()), static_cast<int>(sizeof keys_)) != 1) {
            throw std::bad_alloc(); // as good as: OpenSSL has nothing to work with
        }
        used_ = 0;
    }
    return keys_[used_++];
}

namespace frame_writer {

namespace {

constexpr unsigned textOpcode = 1;
constexpr unsigned closeOpcode = 8;
constexpr unsigned pongOpcode = 10;
constexpr unsigned lastBit = 0x80;
constexpr unsigned maskBit = 0x80;
constexpr std::size_t smallest = 125; // sizes up to here are written in the second byte
constexpr std::size_t middle = 65'535;

void append(std::string &target, unsigned byte) { target += static_cast<char>(byte); }

void write(std::string &target, unsigned opcode, std::string_view payload, MaskingKeys &keys) {
    append(target, lastBit | opcode);
    const unsigned sizeBytes = payload.size() <= smallest ? 0 : payload.size() <= middle ? 2 : 8;
    append(target, maskBit | (sizeBytes == 0 ? static_cast<unsigned>(payload.size()) : sizeBytes == 2 ? 126U : 127U));
    for (unsigned byte = sizeBytes; byte-- > 0;) {
        append(target, static_cast<unsigned>(payload.size() >> (8 * byte) & 0xFFU));
    }
    const MaskingKeys::Key key = keys.next();
    for (const std::uint8_t byte : key) {
        append(target, byte);
    }
    for (std::size_t index = 0; index < payload.size(); ++index) {
        append(target, static_cast<std::uint8_t>(payload[index]) ^ key[index % key.size()]);
    }
}

} // namespace

void text(std::string &target, std::string_view payload, MaskingKeys &keys) {
    write(target, textOpcode, payload, keys);
}

void pong(std::string &target, std::string_view payload, MaskingKeys &keys) {
    write(target, pongOpcode, payload, keys);
}

void close(std::string &target, std::uint16_t code, MaskingKeys &keys) {
    std::string payload;
    if (code != 0) {
        append(payload, code >> 8U);
        append(payload, code & 0xFFU);
    }
    write(target, closeOpcode, payload, keys);
}

} // namespace frame_writer

} // namespace rtms
