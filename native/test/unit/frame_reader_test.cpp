#include "engine/frame_reader.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/message_parser.h"

namespace rtms {
namespace {

using Event = FrameReader::Event;
using Fault = FrameReader::Fault;

constexpr std::uint8_t last = 0x80;
constexpr std::uint8_t continuation = 0;
constexpr std::uint8_t text = 1;
constexpr std::uint8_t binary = 2;
constexpr std::uint8_t closing = 8;
constexpr std::uint8_t ping = 9;
constexpr std::uint8_t pong = 10;

std::string frame(std::uint8_t first, const std::string &payload) {
    std::string bytes(1, static_cast<char>(first));
    const int sizeBytes = payload.size() < 126 ? 0 : payload.size() < 65'536 ? 2 : 8;
    bytes += static_cast<char>(sizeBytes == 0 ? payload.size() : sizeBytes == 2 ? 126 : 127);
    for (int byte = sizeBytes - 1; byte >= 0; --byte) {
        bytes += static_cast<char>(payload.size() >> (8 * byte));
    }
    return bytes + payload;
}

class FrameReaderTest : public testing::Test {
  protected:
    static constexpr std::size_t maximum = 100'000;

    /// All events of bytes that come in pieces of this size, as words.
    std::vector<std::string> read(const std::string &bytes, std::size_t piece = std::string::npos) {
        FrameReader reader(maximum, spares_);
        std::vector<std::string> events;
        for (std::size_t begin = 0; begin < bytes.size(); begin += std::min(piece, bytes.size())) {
            std::string part = bytes.substr(begin, piece);
            const std::size_t size = part.size();
            part.resize(size + MessageParser::padding, '#');
            std::string_view rest(part.data(), size);
            for (Event event = reader.next(rest); event != Event::none; event = reader.next(rest)) {
                events.push_back(wordsFor(reader, event));
                if (event == Event::close || event == Event::fault) {
                    fault_ = reader.fault();
                    return events;
                }
            }
            EXPECT_TRUE(rest.empty());
        }
        return events;
    }

    static std::string wordsFor(const FrameReader &reader, Event event) {
        switch (event) {
        case Event::message:
            return "message " + std::string(reader.payload());
        case Event::ping:
            return "ping " + std::string(reader.payload());
        case Event::close:
            return "close " + std::to_string(reader.closeCode());
        case Event::fault:
            return "fault";
        case Event::none:
            break;
        }
        return "none";
    }

    Fault faultOf(const std::string &bytes) {
        const std::vector<std::string> events = read(bytes);
        EXPECT_FALSE(events.empty());
        EXPECT_EQ(events.empty() ? "" : events.back(), "fault");
        return fault_;
    }

    SpareBuffers spares_;
    Fault fault_ = Fault::none;
};

TEST_F(FrameReaderTest, ReadsManyMessagesOutOfOneBuffer) {
    const std::string bytes = frame(last | text, "one") + frame(last | binary, "two") + frame(last | text, "") +
                              frame(last | text, std::string(126, 'x'));
    EXPECT_EQ(read(bytes),
              (std::vector<std::string>{"message one", "message two", "message ", "message " + std::string(126, 'x')}));
}

TEST_F(FrameReaderTest, AMessageThatIsThereAsAWholeIsNotCopied) {
    FrameReader reader(maximum, spares_);
    const std::string bytes = frame(last | text, "here");
    std::string_view rest = bytes;
    ASSERT_EQ(reader.next(rest), Event::message);
    EXPECT_EQ(reader.payload().data(), bytes.data() + 2);
}

TEST_F(FrameReaderTest, WhereTheBytesAreCutMakesNoDifference) {
    const std::string bytes = frame(text, "a ") + frame(last | ping, "in between") + frame(continuation, "") +
                              frame(last | pong, "unasked") + frame(last | continuation, "b") +
                              frame(last | text, std::string(200, 'm')) + frame(last | text, std::string(70'000, 'l')) +
                              frame(last | closing, "\x03\xe9 reason");
    const std::vector<std::string> expected{"ping in between", "message a b", "message " + std::string(200, 'm'),
                                            "message " + std::string(70'000, 'l'), "close 1001"};
    for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U, 1000U, 65'536U}) {
        EXPECT_EQ(read(bytes, piece), expected) << piece;
    }
    EXPECT_EQ(read(bytes), expected);
}

TEST_F(FrameReaderTest, BytesBehindAMessageInPiecesCanBeRead) {
    FrameReader reader(maximum, spares_);
    const std::string bytes = frame(text, "one, ") + frame(last | continuation, "two");
    std::string_view rest = bytes;
    ASSERT_EQ(reader.next(rest), Event::message);
    EXPECT_EQ(reader.payload(), "one, two");
    const std::string padding(reader.payload().data() + reader.payload().size(), MessageParser::padding);
    EXPECT_EQ(padding, std::string(MessageParser::padding, '\0'));
}

TEST_F(FrameReaderTest, BuffersOfMessagesInPiecesAreUsedAgain) {
    const std::string bytes = frame(text, std::string(1000, 'a')) + frame(last | continuation, "b");
    FrameReader reader(maximum, spares_);
    const char *place = nullptr;
    for (int count = 0; count < 3; ++count) {
        std::string_view rest = bytes;
        ASSERT_EQ(reader.next(rest), Event::message);
        EXPECT_TRUE(place == nullptr || place == reader.payload().data());
        place = reader.payload().data();
        ASSERT_EQ(reader.next(rest), Event::none);
    }
}

TEST_F(FrameReaderTest, NamesWhatAServerDoesWrong) {
    EXPECT_EQ(faultOf("\xf1 "), Fault::reservedBits);
    EXPECT_EQ(faultOf("\xc1 "), Fault::reservedBits);
    EXPECT_EQ(faultOf(frame(last | 3, "")), Fault::opcode);
    EXPECT_EQ(faultOf(frame(last | 11, "")), Fault::opcode);
    EXPECT_EQ(faultOf("\x81\x81"), Fault::masked);
    EXPECT_EQ(faultOf(frame(ping, "")), Fault::controlFragment);
    EXPECT_EQ(faultOf(frame(last | ping, std::string(126, 'p'))), Fault::controlSize);
    EXPECT_EQ(faultOf(frame(text, "a") + frame(last | text, "b")), Fault::dataFrame);
    EXPECT_EQ(faultOf(frame(last | continuation, "a")), Fault::continuation);
    EXPECT_EQ(faultOf(frame(text, "a") + frame(last | continuation, "b") + frame(continuation, "c")),
              Fault::continuation);
    EXPECT_EQ(faultOf(frame(last | closing, "\x03")), Fault::closeSize);
    EXPECT_EQ(faultOf(frame(last | closing, "\x03\xe8 \xff")), Fault::closeReason);
}

TEST_F(FrameReaderTest, SizesMustBeWrittenInTheFewestBytes) {
    EXPECT_EQ(faultOf(std::string("\x81\x7e\x00\x7d", 4)), Fault::size);
    EXPECT_EQ(faultOf(std::string("\x81\x7f\x00\x00\x00\x00\x00\x00\xff\xff", 10)), Fault::size);
    EXPECT_EQ(faultOf(std::string("\x81\x7f\x80\x00\x00\x00\x00\x00\x00\x00", 10)), Fault::size);
    EXPECT_EQ(faultOf(std::string("\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10)), Fault::tooLarge);
}

TEST_F(FrameReaderTest, AMessageIsNoLargerThanAllowedHoweverItComes) {
    EXPECT_EQ(read(frame(last | text, std::string(maximum, 'x'))).size(), 1U);
    EXPECT_EQ(faultOf(frame(last | text, std::string(maximum + 1, 'x'))), Fault::tooLarge);
    EXPECT_EQ(read(frame(text, std::string(maximum - 1, 'x')) + frame(last | continuation, "x")).size(), 1U);
    EXPECT_EQ(faultOf(frame(text, std::string(maximum, 'x')) + frame(continuation, "x")), Fault::tooLarge);
}

TEST_F(FrameReaderTest, OnlyCodesThatMayBeSentCloseAConnection) {
    const auto codeFrame = [](int code) {
        return frame(last | closing, {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)});
    };
    for (const int code : {1000, 1001, 1002, 1003, 1007, 1011, 1013, 3000, 4999, 65'535}) {
        EXPECT_EQ(read(codeFrame(code)), (std::vector<std::string>{"close " + std::to_string(code)}));
    }
    for (const int code : {0, 999, 1004, 1005, 1006, 1014, 1015, 1016, 2999}) {
        EXPECT_EQ(faultOf(codeFrame(code)), Fault::closeCode) << code;
    }
    EXPECT_EQ(read(frame(last | closing, "")), (std::vector<std::string>{"close 0"}));
}

TEST_F(FrameReaderTest, NothingComesAfterACloseFrame) {
    FrameReader reader(maximum, spares_);
    const std::string bytes = frame(last | closing, "") + frame(last | text, "late");
    std::string_view rest = bytes;
    EXPECT_EQ(reader.next(rest), Event::close);
    EXPECT_EQ(reader.next(rest), Event::close);
}

} // namespace
} // namespace rtms
