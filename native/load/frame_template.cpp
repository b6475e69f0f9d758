#include "frame_template.h"

#include <array>
#include <stdexcept>

#include "engine/base64.h"
#include "loop/record.h"

namespace rtms::load {

namespace {

constexpr std::size_t stampBytes = 18; // two times and two bytes more, so that Base64 has no bits left
constexpr std::string_view timestampMark = "1000000000000";
constexpr std::string_view digitsMark = "due 0000000000000000000 sent 0000000000000000000";
constexpr std::size_t dueAt = 4;
constexpr std::size_t sentAt = 29;
constexpr std::size_t digits = 19;

void putDigits(std::string &text, std::size_t at, std::size_t length, std::int64_t value) {
    for (std::size_t index = at + length; index-- > at; value /= 10) {
        text[index] = static_cast<char>('0' + value % 10);
    }
}

void putBytes(char *place, std::int64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        *place++ = static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
    }
}

std::string speakerFields(int speaker) {
    return "\"user_id\":" + std::to_string(16'778'240 + speaker * 1024) + ",\"user_name\":\"Speaker " +
           std::to_string(speaker + 1) + "\"";
}

/// Bytes that no codec would make smaller, behind the stamp's zeros.
std::string media(int number, int speaker, std::size_t bytes) {
    if (bytes < stampBytes) {
        throw std::invalid_argument("a media frame has at least " + std::to_string(stampBytes) + " bytes");
    }
    std::string payload(stampBytes, '\0');
    for (std::uint32_t state = 1; payload.size() < bytes;) {
        state = state * 1'664'525 + 1'013'904'223; // a linear congruential generator (Numerical Recipes' figures)
        payload += static_cast<char>(state >> 24U);
    }
    return "{\"msg_type\":" + std::to_string(number) + ",\"content\":{" + speakerFields(speaker) + ",\"data\":\"" +
           base64::encode(payload) + "\",\"timestamp\":" + std::string(timestampMark) + "}}";
}

} // namespace

std::string textFrame(std::string_view text) {
    std::string frame = "\x81";
    const std::size_t size = text.size();
    const int lengthBytes = size < 126 ? 0 : size < 65'536 ? 2 : 8;
    frame += static_cast<char>(lengthBytes == 0 ? size : lengthBytes == 2 ? 126 : 127);
    for (int shift = (lengthBytes - 1) * 8; shift >= 0; shift -= 8) {
        frame += static_cast<char>(size >> shift);
    }
    return frame.append(text);
}

FrameTemplate::FrameTemplate(const std::string &json, Stamp stamp) : frame_(textFrame(json)), stamp_(stamp) {
    timestampAt_ = frame_.rfind(timestampMark);
    if (stamp_ == Stamp::base64) {
        stampAt_ = frame_.find("\"data\":\"") + 8;
    } else if (stamp_ == Stamp::digits) {
        stampAt_ = frame_.find(digitsMark);
    }
}

FrameTemplate FrameTemplate::audio(int speaker, std::size_t bytes) {
    return {media(14, speaker, bytes), Stamp::base64};
}

FrameTemplate FrameTemplate::video(int speaker, std::size_t bytes) {
    return {media(15, speaker, bytes), Stamp::base64};
}

FrameTemplate FrameTemplate::transcript(int speaker) {
    return {"{\"msg_type\":17,\"content\":{" + speakerFields(speaker) + ",\"data\":\"" + std::string(digitsMark) +
                " and then something that people say when they talk\",\"start_time\":1,\"end_time\":2,\"language\":9," +
                "\"timestamp\":" + std::string(timestampMark) + "}}",
            Stamp::digits};
}

FrameTemplate FrameTemplate::keepAlive() {
    return {"{\"msg_type\":12,\"timestamp\":" + std::string(timestampMark) + "}", Stamp::none};
}

std::string_view FrameTemplate::stamped(std::int64_t due, std::int64_t sent) {
    putDigits(frame_, timestampAt_, timestampMark.size(), unixMilliseconds());
    if (stamp_ == Stamp::base64) {
        std::array<char, stampBytes> bytes{};
        putBytes(bytes.data(), due);
        putBytes(bytes.data() + 8, sent);
        const std::string text = base64::encode({bytes.data(), bytes.size()});
        text.copy(frame_.data() + stampAt_, text.size());
    } else if (stamp_ == Stamp::digits) {
        putDigits(frame_, stampAt_ + dueAt, digits, due);
        putDigits(frame_, stampAt_ + sentAt, digits, sent);
    }
    return frame_;
}

} // namespace rtms::load
