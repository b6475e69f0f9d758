#include "engine/outgoing.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "engine/media_type.h"

namespace rtms {
namespace {

namespace json = boost::json;

StreamOptions options() {
    StreamOptions options;
    options.streamId = "s";
    options.idKey = "webinar_uuid";
    options.id = "a/\"b\\==";
    options.mediaTypes = media_type::audio | media_type::transcript;
    options.mediaParams = R"({"audio":{"codec":1},"video":{"codec":7},"transcript":{"src_language":9}})";
    return options;
}

TEST(Outgoing, SignalingHandshake) {
    EXPECT_EQ(
        json::parse(outgoing::signalingHandshake(options(), "f00")),
        json::parse(R"({"msg_type":1,"protocol_version":1,"sequence":1,"webinar_uuid":"a/\"b\\==","rtms_stream_id":"s",
                              "signature":"f00","buffer_data":true})"));
}

TEST(Outgoing, MediaHandshakeOfOneMediumHasOnlyItsParameters) {
    EXPECT_EQ(
        json::parse(outgoing::mediaHandshake(options(), "f00", media_type::audio)),
        json::parse(R"({"msg_type":3,"protocol_version":1,"sequence":1,"webinar_uuid":"a/\"b\\==","rtms_stream_id":"s",
                              "signature":"f00","media_type":1,"payload_encryption":false,"media_params":{"audio":{"codec":1}}})"));
}

TEST(Outgoing, MediaHandshakeOfAllHasThoseOfWantedMedia) {
    const json::value message = json::parse(outgoing::mediaHandshake(options(), "f00", media_type::all));
    EXPECT_EQ(message.at("media_type"), 32);
    EXPECT_EQ(message.at("media_params"), json::parse(R"({"audio":{"codec":1},"transcript":{"src_language":9}})"));
}

TEST(Outgoing, MediaHandshakeWithoutParametersHasNone) {
    StreamOptions plain = options();
    plain.mediaParams.clear();
    EXPECT_FALSE(
        json::parse(outgoing::mediaHandshake(plain, "f00", media_type::audio)).as_object().contains("media_params"));
}

TEST(Outgoing, SmallMessages) {
    EXPECT_EQ(json::parse(outgoing::eventSubscription({2, 3}, true)),
              json::parse(
                  R"({"msg_type":5,"events":[{"event_type":2,"subscribe":true},{"event_type":3,"subscribe":true}]})"));
    EXPECT_EQ(json::parse(outgoing::clientReady("s")), json::parse(R"({"msg_type":7,"rtms_stream_id":"s"})"));
    EXPECT_EQ(json::parse(outgoing::streamStateQuery("s")), json::parse(R"({"msg_type":19,"rtms_stream_id":"s"})"));
    EXPECT_EQ(json::parse(outgoing::sessionStateQuery("a\"")),
              json::parse(R"({"msg_type":10,"rtms_session_id":"a\""})"));
    EXPECT_EQ(
        json::parse(outgoing::videoSubscription(INT64_MAX, true, 1700000000123)),
        json::parse(R"({"msg_type":28,"user_id":9223372036854775807,"subscribe":true,"timestamp":1700000000123})"));
    EXPECT_EQ(json::parse(outgoing::videoSubscription(7, false, 1)),
              json::parse(R"({"msg_type":28,"user_id":7,"subscribe":false,"timestamp":1})"));
    EXPECT_EQ(json::parse(outgoing::closeRequest("s")), json::parse(R"({"msg_type":21,"rtms_stream_id":"s"})"));
    EXPECT_EQ(json::parse(outgoing::keepAlive(1700000000123)),
              json::parse(R"({"msg_type":13,"timestamp":1700000000123})"));
    EXPECT_EQ(json::parse(outgoing::keepAlive(std::nullopt)), json::parse(R"({"msg_type":13})"));
}

} // namespace
} // namespace rtms
