#include "engine/message_parser.h"

#include <string>

#include <gtest/gtest.h>

#include "loop/record.h"
#include "rtms.h"

namespace rtms {
namespace {

class MessageParserTest : public testing::Test {
  protected:
    Message parse(std::string text, std::int32_t wanted = 31) {
        text_ = std::move(text);
        const std::size_t size = text_.size();
        text_.resize(size + MessageParser::padding, '\x7f');
        return parser_.parse({text_.data(), size}, wanted);
    }

    template <class Kind> Kind get(std::string text) {
        const Message message = parse(std::move(text));
        EXPECT_TRUE(std::holds_alternative<Kind>(message));
        return std::get<Kind>(message);
    }

    MessageParser parser_;
    std::string text_;
};

TEST_F(MessageParserTest, ReadsAudio) {
    const auto frame = get<message::Media>(
        R"({"msg_type":14,"content":{"user_id":16778240,"user_name":"Ada \u00e9","data":"AAEC","length":3,"timestamp":1700000000123}})");
    EXPECT_EQ(frame.kind, RTMS_KIND_AUDIO);
    EXPECT_EQ(frame.userId, 16778240);
    EXPECT_EQ(frame.name, "Ada \xc3\xa9");
    EXPECT_EQ(frame.data, "AAEC");
    EXPECT_EQ(frame.timestamp, 1700000000123);
    EXPECT_EQ(frame.language, 0);
    EXPECT_TRUE(frame.extra.empty());
}

TEST_F(MessageParserTest, ReadsTranscriptsWithRarerFieldsAsExtra) {
    const auto frame = get<message::Media>(
        R"({"content":{"data":"Hi\n","user_id":"33556610","start_time":6,"end_time":"7","language":9,"attribute":2,"timestamp":5.0,
            "channel_id":"c\"1","x":{"y":[1,null]}},"msg_type":17})");
    EXPECT_EQ(frame.kind, RTMS_KIND_TRANSCRIPT);
    EXPECT_EQ(frame.userId, 33556610);
    EXPECT_TRUE(frame.name.empty());
    EXPECT_EQ(frame.data, "Hi\n");
    EXPECT_EQ(frame.start, 6);
    EXPECT_EQ(frame.end, 7);
    EXPECT_EQ(frame.timestamp, 5);
    EXPECT_EQ(frame.language, 9);
    EXPECT_EQ(frame.attribute, 2);
    EXPECT_EQ(frame.extra, R"({"channel_id":"c\"1","x":{"y":[1,null]}})");
}

TEST_F(MessageParserTest, ATranscriptWithoutLanguageHasNone) {
    EXPECT_EQ(get<message::Media>(R"({"msg_type":17,"content":{"data":"x"}})").language, -1);
}

TEST_F(MessageParserTest, AnExtraIsBounded) {
    const auto frame =
        get<message::Media>(R"({"msg_type":18,"content":{"a":")" + std::string(9000, 'x') + R"(","b":1,"data":"t"}})");
    EXPECT_EQ(frame.extra, R"({"b":1})");
}

TEST_F(MessageParserTest, ReadsContentAsString) {
    const auto frame =
        get<message::Media>(R"({"msg_type":14,"user_id":3,"user_name":"A","timestamp":9,"content":"AAEC"})");
    EXPECT_EQ(frame.data, "AAEC");
    EXPECT_EQ(frame.userId, 3);
    EXPECT_EQ(frame.timestamp, 9);
    EXPECT_TRUE(frame.extra.empty());
}

TEST_F(MessageParserTest, NestedFieldsPassAsExtra) {
    const auto frame = get<message::Media>(
        R"({"msg_type":14,"content":{"data":"AAEC","channel_id":"c","aii":{"lid":9,"targets":[{"lid":14},{}]},"n":null}})");
    EXPECT_EQ(frame.extra, R"({"channel_id":"c","aii":{"lid":9,"targets":[{"lid":14},{}]},"n":null})");
    EXPECT_EQ(frame.data, "AAEC");
}

TEST_F(MessageParserTest, TextsOfAnyTypeAreTakenAsJson) {
    const auto dataOf = [this](const std::string &data) {
        return std::string(get<message::Media>(R"({"msg_type":18,"content":{"data":)" + data + R"(,"x":[1]}})").data);
    };
    EXPECT_EQ(dataOf("\"{}\""), "{}");
    EXPECT_EQ(dataOf("42"), "42");
    EXPECT_EQ(dataOf("-1.5"), "-1.5");
    EXPECT_EQ(dataOf("true"), "true");
    EXPECT_EQ(dataOf("null"), "");
    EXPECT_EQ(dataOf(R"({ "text" : [ "hi" ] })"), R"({"text":["hi"]})");
    EXPECT_EQ(get<message::Media>(R"({"msg_type":18,"content":{}})").data, "");
    EXPECT_EQ(get<message::Media>(R"({"msg_type":18,"content":{"data":{"x":1},"y":2}})").extra, R"({"y":2})");
}

TEST_F(MessageParserTest, ReadsMetadataOfContentOrOfTheMessage) {
    const auto metadata = get<message::Metadata>(
        R"({"msg_type":23,"user_id":1,"content":{"user_id":"7","user_name":"Ada","timestamp":4,"start_time":5,"end_time":6}})");
    EXPECT_EQ(metadata.number, 23);
    EXPECT_EQ(metadata.userId, 7);
    EXPECT_EQ(metadata.name, "Ada");
    EXPECT_EQ(metadata.timestamp, 4);
    EXPECT_EQ(metadata.start, 5);
    EXPECT_EQ(metadata.end, 6);
    EXPECT_EQ(metadata.json, R"({"user_id":"7","user_name":"Ada","timestamp":4,"start_time":5,"end_time":6})");
    for (const std::string content : {"null", "7", "[]", "\"x\""}) {
        const auto whole = get<message::Metadata>(R"({"msg_type":27,"user_id":1,"content":)" + content + "}");
        EXPECT_EQ(whole.number, 27);
        EXPECT_EQ(whole.userId, 1);
        EXPECT_EQ(whole.json, R"({"msg_type":27,"user_id":1,"content":)" + content + "}");
    }
    EXPECT_EQ(get<message::Metadata>(R"({"msg_type":25,"content":{"start_ts":1,"end_ts":2}})").end, 2);
}

TEST_F(MessageParserTest, MetadataOfMediaThatNobodyWantsIsNotRead) {
    for (int number = 23; number <= 27; ++number) {
        const std::string text = R"({"msg_type":)" + std::to_string(number) + R"(,"content":{}})";
        const std::int32_t medium = 1 << (number - 23);
        EXPECT_TRUE(std::holds_alternative<message::Metadata>(parse(text, medium))) << number;
        EXPECT_TRUE(std::holds_alternative<message::Other>(parse(text, 31 & ~medium))) << number;
    }
}

TEST_F(MessageParserTest, ReadsStateAnswersWithTimesInSecondsToo) {
    const auto stream =
        get<message::StateAnswer>(R"({"msg_type":20,"rtms_stream_id":"s","state":1,"timestamp":1735689600})");
    EXPECT_FALSE(stream.isSession);
    EXPECT_EQ(stream.state, 1);
    EXPECT_EQ(stream.status, 0);
    EXPECT_EQ(stream.timestamp, 1735689600000);
    EXPECT_EQ(get<message::StateAnswer>(R"({"msg_type":20,"timestamp":1735689600123})").timestamp, 1735689600123);
    EXPECT_EQ(get<message::StateAnswer>(R"({"msg_type":20,"timestamp":999999999})").timestamp, 999999999);
    const auto session = get<message::StateAnswer>(R"({"msg_type":11,"rtms_session_id":"x","status_code":40})");
    EXPECT_TRUE(session.isSession);
    EXPECT_EQ(session.state, -1);
    EXPECT_EQ(session.status, 40);
    EXPECT_EQ(session.sessionId, "x");
}

TEST_F(MessageParserTest, ReadsVideoAnswers) {
    const auto answer =
        get<message::VideoAnswer>(R"({"msg_type":29,"user_id":"7","status_code":44,"reason":"dup","timestamp":5})");
    EXPECT_EQ(answer.userId, 7);
    EXPECT_EQ(answer.status, 44);
    EXPECT_EQ(answer.reason, "dup");
    EXPECT_EQ(answer.timestamp, 5);
    EXPECT_EQ(get<message::VideoAnswer>(R"({"msg_type":29})").userId, std::nullopt);
}

TEST_F(MessageParserTest, StripsDataUrlsOfDeskshare) {
    EXPECT_EQ(get<message::Media>(R"({"msg_type":16,"content":{"data":"data:image/png;base64,AAEC"}})").data, "AAEC");
    EXPECT_EQ(get<message::Media>(R"({"msg_type":16,"content":{"data":"AAEC"}})").data, "AAEC");
}

TEST_F(MessageParserTest, DoesNotReadMediaThatNobodyWants) {
    const Message message = parse(R"({"msg_type":14,"content":7})", 8);
    EXPECT_TRUE(std::holds_alternative<message::Other>(message));
}

TEST_F(MessageParserTest, ReadsUserIdsOf64BitsAndStrangeOnes) {
    const auto idOf = [this](const std::string &id) {
        return get<message::Media>(R"({"msg_type":17,"content":{"user_id":)" + id + "}}").userId;
    };
    EXPECT_EQ(idOf("9223372036854775807"), INT64_MAX);
    EXPECT_EQ(idOf("\"9223372036854775807\""), INT64_MAX);
    EXPECT_EQ(idOf("-1"), -1);
    EXPECT_EQ(idOf("18446744073709551615"), 0);
    EXPECT_EQ(idOf("1e300"), 0);
    EXPECT_EQ(idOf("\"12x\""), 0);
    EXPECT_EQ(idOf("null"), 0);
    EXPECT_EQ(idOf("[]"), 0);
}

TEST_F(MessageParserTest, ReadsSignalingAnswers) {
    const auto answer = get<message::SignalingAnswer>(
        R"({"msg_type":2,"status_code":0,"media_server":{"server_urls":{"audio":"wss://a:1","all":"wss://b","x":7}}})");
    EXPECT_EQ(answer.status, 0);
    ASSERT_EQ(answer.servers.size(), 3U);
    EXPECT_EQ(answer.servers[0].first, "audio");
    EXPECT_EQ(answer.servers[0].second, "wss://a:1");
    EXPECT_EQ(answer.servers[2].second, "");
}

TEST_F(MessageParserTest, ReadsServerUrlsAsString) {
    const auto answer =
        get<message::SignalingAnswer>(R"({"msg_type":2,"status_code":0,"media_server":{"server_urls":"wss://a:1"}})");
    ASSERT_EQ(answer.servers.size(), 1U);
    EXPECT_EQ(answer.servers[0].second, "wss://a:1");
}

TEST_F(MessageParserTest, AStatusBeyond32BitsIsNoSuccess) {
    for (const std::string status : {"4294967296", "4294967305", "-4294967296", "\"4294967296\""}) {
        const std::string field = R"(,"status_code":)" + status + "}";
        EXPECT_EQ(get<message::SignalingAnswer>(R"({"msg_type":2)" + field).status, -1);
        EXPECT_EQ(get<message::MediaAnswer>(R"({"msg_type":4)" + field).status, -1);
    }
    for (const std::string status :
         {"4294967296", "-4294967296", "18446744073709551615", "1e300", "\"99999999999999999999\"", "{}"}) {
        const std::string field = R"(,"status_code":)" + status + "}";
        EXPECT_EQ(get<message::StateAnswer>(R"({"msg_type":11)" + field).status, -1);
        EXPECT_EQ(get<message::StateAnswer>(R"({"msg_type":20)" + field).status, -1);
        EXPECT_EQ(get<message::VideoAnswer>(R"({"msg_type":29)" + field).status, -1);
    }
    EXPECT_EQ(get<message::MediaAnswer>(R"({"msg_type":4,"status_code":2147483647})").status, 2147483647);
}

TEST_F(MessageParserTest, ReadsRefusals) {
    const auto answer =
        get<message::SignalingAnswer>(R"({"msg_type":2,"status_code":3,"reason":"bad","media_server":null})");
    EXPECT_EQ(answer.status, 3);
    EXPECT_EQ(answer.reason, "bad");
    EXPECT_TRUE(answer.servers.empty());
}

TEST_F(MessageParserTest, ReadsMediaAnswersWithBothNamesOfEncryption) {
    EXPECT_TRUE(get<message::MediaAnswer>(R"({"msg_type":4,"status_code":0,"payload_encrypted":true})").encrypted);
    EXPECT_TRUE(get<message::MediaAnswer>(R"({"msg_type":4,"status_code":0,"payload_encryption":true})").encrypted);
    const auto answer =
        get<message::MediaAnswer>(R"({"msg_type":4,"status_code":0,"media_params":{ "audio" : {"codec":1} }})");
    EXPECT_FALSE(answer.encrypted);
    EXPECT_EQ(answer.mediaParams, R"({"audio":{"codec":1}})");
}

TEST_F(MessageParserTest, ReadsEventsWithBothNamesOfTime) {
    const auto event =
        get<message::Event>(R"({"msg_type":6,"event":{"event_type":2,"timestamp":5,"user_id":"7","user_name":"Ada"}})");
    EXPECT_EQ(event.type, 2);
    EXPECT_EQ(event.timestamp, 5);
    EXPECT_EQ(event.userId, 7);
    EXPECT_EQ(event.name, "Ada");
    EXPECT_EQ(event.json, R"({"event_type":2,"timestamp":5,"user_id":"7","user_name":"Ada"})");
    EXPECT_EQ(get<message::Event>(R"({"msg_type":6,"event":{"event_type":8,"event_ts":6}})").timestamp, 6);
}

TEST_F(MessageParserTest, ReadsStatesWithBothNamesOfReason) {
    const auto stream = get<message::StateUpdate>(R"({"msg_type":8,"state":4,"reason":6,"timestamp":9})");
    EXPECT_FALSE(stream.isSession);
    EXPECT_EQ(stream.state, 4);
    EXPECT_EQ(stream.reason, 6);
    const auto session = get<message::StateUpdate>(R"({"msg_type":9,"rtms_session_id":"x","state":5,"stop_reason":1})");
    EXPECT_TRUE(session.isSession);
    EXPECT_EQ(session.reason, 1);
    EXPECT_EQ(session.sessionId, "x");
}

TEST_F(MessageParserTest, ASessionIdLongerThanAnyIsNone) {
    const auto read = [this](std::size_t size) {
        return get<message::StateUpdate>(R"({"msg_type":9,"state":2,"rtms_session_id":")" + std::string(size, 's') +
                                         "\"}")
            .sessionId.size();
    };
    EXPECT_EQ(read(1024), 1024U);
    EXPECT_EQ(read(1025), 0U);
}

TEST_F(MessageParserTest, ReadsKeepAlives) {
    EXPECT_EQ(get<message::KeepAlive>(R"({"msg_type":12,"timestamp":1700000000123})").timestamp, 1700000000123);
    EXPECT_EQ(get<message::KeepAlive>(R"({"msg_type":12})").timestamp, std::nullopt);
}

TEST_F(MessageParserTest, IgnoresUnknownNumbers) {
    for (const char *number : {"0", "5", "28", "30", "99999", "-4"}) {
        EXPECT_TRUE(std::holds_alternative<message::Other>(parse(std::string(R"({"msg_type":)") + number + "}")));
    }
}

TEST_F(MessageParserTest, RejectsHostileInput) {
    const std::string deep = std::string(40, '[') + std::string(40, ']');
    const std::string veryDeep(100'000, '[');
    for (const std::string &text :
         {std::string(),
          std::string("x"),
          std::string("[]"),
          std::string("{}"),
          std::string("null"),
          std::string("\"a\""),
          std::string("{\"msg_type\":"),
          std::string("{\"msg_type\":14"),
          std::string("{\"msg_type\":null}"),
          std::string("{\"msg_type\":\"audio\"}"),
          std::string("{\"msg_type\":1e400}"),
          std::string("{\"msg_type\":14}"),
          std::string("{\"msg_type\":14,\"content\":7}"),
          std::string("{\"msg_type\":14,\"content\":null}"),
          std::string("{\"msg_type\":14,\"content\":{\"data\":5}}"),
          std::string("{\"msg_type\":6}"),
          std::string("{\"msg_type\":6,\"event\":[]}"),
          std::string("{\"msg_type\":6,\"event\":{}}"),
          std::string("{\"msg_type\":6,\"event\":{\"event_type\":99999999999}}"),
          std::string("{\"msg_type\":2}"),
          std::string("{\"msg_type\":4,\"status_code\":{}}"),
          std::string("{\"msg_type\":2,\"status_code\":0,\"media_server\":5}"),
          std::string("{\"msg_type\":2,\"status_code\":0,\"media_server\":{\"server_urls\":[]}}"),
          std::string("{\"msg_type\":22}"),
          std::string("{\"msg_type\":12}{\"msg_type\":12}"),
          std::string("{\"msg_type\":12} x"),
          std::string("{\"msg_type\":12,}"),
          std::string("{\"msg_type\":12,\"a\":\"\xff\"}"),
          std::string("{\"msg_type\":12,\"a\":\"\\ud800\"}"),
          std::string("{\"msg_type\":12,\"a\":") + deep + "}",
          std::string("{\"msg_type\":12,\"a\":") + veryDeep,
          std::string("{\"msg_type\":12,\"a\":\"\n\"}"),
          std::string(1, '\0')}) {
        EXPECT_THROW(parse(text), MalformedMessage) << text.substr(0, 80);
    }
}

TEST_F(MessageParserTest, GoesOnAfterAMalformedMessage) {
    EXPECT_THROW(parse("{"), MalformedMessage);
    EXPECT_EQ(get<message::KeepAlive>(R"({"msg_type":12,"timestamp":1})").timestamp, 1);
}

TEST_F(MessageParserTest, ReadsMessagesLargerThanItsFirstBuffers) {
    const std::string data(1'000'000, 'A');
    EXPECT_EQ(get<message::Media>(R"({"msg_type":15,"content":{"data":")" + data + "\"}}").data, data);
    EXPECT_EQ(get<message::Media>(R"({"msg_type":15,"content":{"data":"AAEC"}})").data, "AAEC");
    EXPECT_THROW(parse("{\"msg_type\":12,\"a\":" + std::string(40, '[') + std::string(40, ']') + "}"),
                 MalformedMessage);
}

} // namespace
} // namespace rtms
