#include <string>

#include <gtest/gtest.h>

#include "engine/message_parser.h"
#include "rtms.h"

namespace rtms {
namespace {

/// Frames whose data are long enough to be passed over.
class RawDataTest : public testing::Test {
  protected:
    message::Media parse(std::string text) {
        text_ = std::move(text);
        return std::get<message::Media>(parser_.parse(padded()));
    }

    message::Media parseWholly() { return std::get<message::Media>(parser_.parseWholly(padded())); }

    /// What parsing finds, where it has to find the same with every byte looked at.
    message::Media parseBothWays(std::string text) {
        const message::Media wholly = (text_ = text, parseWholly());
        const std::string data(wholly.data);
        const std::string name(wholly.name);
        const std::string extra(wholly.extra);
        const message::Media media = parse(std::move(text));
        EXPECT_EQ(media.kind, wholly.kind);
        EXPECT_EQ(media.userId, wholly.userId);
        EXPECT_EQ(media.timestamp, wholly.timestamp);
        EXPECT_EQ(media.data, data);
        EXPECT_EQ(media.name, name);
        EXPECT_EQ(media.extra, extra);
        return media;
    }

    std::string_view padded() {
        const std::size_t size = text_.size();
        buffer_ = text_ + std::string(MessageParser::padding, '\x7f');
        return {buffer_.data(), size};
    }

    const std::string long_ = std::string(2000, 'A');

  private:
    MessageParser parser_;
    std::string text_;
    std::string buffer_;
};

TEST_F(RawDataTest, LongDataArePassedOverAndShortOnesAreNot) {
    EXPECT_TRUE(
        parseBothWays(R"({"msg_type":14,"content":{"user_id":7,"data":")" + long_ + R"(","timestamp":9}})").isRaw);
    EXPECT_FALSE(parseBothWays(R"({"msg_type":14,"content":{"data":"AAEC"}})").isRaw);
}

TEST_F(RawDataTest, WhiteSpaceOrderNamesAndOtherFieldsAreReadAsEver) {
    EXPECT_TRUE(
        parseBothWays("{ \"content\" : {\"data\" \t: \r\n\"" + long_ +
                      R"(","user_name":"Ada \u00e9 \"data\":\"x","timestamp":"5","x":{"y":[1]}},"msg_type":15})")
            .isRaw);
}

TEST_F(RawDataTest, OfDataUrlsTheDataRemain) {
    const auto media = parseBothWays(R"({"msg_type":16,"content":{"data":"data:image/png;base64,)" + long_ + "\"}}");
    EXPECT_TRUE(media.isRaw);
    EXPECT_EQ(media.data, long_);
    EXPECT_FALSE(parseBothWays(R"({"msg_type":16,"content":{"data":"data:image\/png;base64,)" + long_ + "\"}}").isRaw);
}

TEST_F(RawDataTest, OnlyAFramesOwnDataArePassedOver) {
    const std::string nested = R"("x":{"data":")" + long_ + R"("})";
    EXPECT_FALSE(parseBothWays(R"({"msg_type":14,"content":{)" + nested + R"(,"data":"AAEC"}})").isRaw);
    EXPECT_FALSE(parseBothWays(R"({"msg_type":14,"content":{)" + nested + R"(,"data" :""}})").isRaw);
    EXPECT_FALSE(parseBothWays(R"({"msg_type":14,"data":")" + long_ + R"(","content":"AAEC"})").isRaw);
    EXPECT_FALSE(parseBothWays(R"({"msg_type":14,"content":{"data":")" + long_ + R"(","data":"AAEC"}})").isRaw);
    EXPECT_FALSE(parseBothWays(R"({"msg_type":14,"content":{"a\"data":")" + long_ + R"("}})").isRaw);
    EXPECT_FALSE(parseBothWays(R"({"msg_type":14,"content":")" + long_ + "\"}").isRaw);
}

TEST_F(RawDataTest, WordsAreReadWholly) {
    EXPECT_FALSE(parseBothWays(R"({"msg_type":17,"content":{"data":")" + long_ + R"(\n\u00e9"}})").isRaw);
    EXPECT_FALSE(parseBothWays(R"({"msg_type":18,"content":{"data":")" + long_ + R"("}})").isRaw);
}

TEST_F(RawDataTest, WhatIsAroundTheDataMayBeLong) {
    const std::string more = std::string(5000, 'm');
    EXPECT_FALSE(parseBothWays(R"({"msg_type":14,"content":{"m":")" + more + R"(","data":")" + long_ + "\"}}").isRaw);
    EXPECT_FALSE(parseBothWays(R"({"msg_type":14,"content":{"data":")" + long_ + R"(","m":")" + more + "\"}}").isRaw);
}

TEST_F(RawDataTest, EscapesInDataAreReadWholly) {
    const auto raw = parse(R"({"msg_type":14,"content":{"data":")" + long_ + R"(\/AAA"}})");
    EXPECT_TRUE(raw.isRaw);
    EXPECT_EQ(raw.data, long_ + "\\/AAA"); // no Base64
    EXPECT_EQ(parseWholly().data, long_ + "/AAA");
}

TEST_F(RawDataTest, WhatIsNoJsonWithinDataIsFoundOut) {
    for (const std::string bad : {"\n", "\xff", "\\x", "\\ud800"}) {
        EXPECT_TRUE(parse(R"({"msg_type":14,"content":{"data":")" + long_ + bad + R"("}})").isRaw);
        EXPECT_THROW(parseWholly(), MalformedMessage);
    }
    for (const std::string bad : {"\"", "\"x", "\"]", "\\\"", ""}) {
        EXPECT_THROW(parse(R"({"msg_type":14,"content":{"data":")" + long_ + bad), MalformedMessage) << bad;
    }
}

TEST_F(RawDataTest, WhoKnowsThePlaceholderOfAnotherParserGainsNothing) {
    EXPECT_NE(DataCut().placeholder(), DataCut().placeholder());
}

} // namespace
} // namespace rtms
