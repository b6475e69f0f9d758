#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

/// Notes every message and answers queries with these texts.
Gateway::Script answerQueries(const std::string &streamState, const std::string &sessionState) {
    return [=](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        for (;;) {
            const boost::json::value message = boost::json::parse(peer.receiveText());
            where.note(boost::json::serialize(message));
            if (message.at("msg_type") == 19) {
                peer.send(streamState);
            } else if (message.at("msg_type") == 10) {
                peer.send(sessionState);
            }
        }
    };
}

class StateQuery : public testing::Test {
  protected:
    StateQuery() { serveAll(gateway_); }

    void join() {
        stream_.join();
        loop_.await(RTMS_KIND_JOINED);
    }

    Gateway gateway_;
    TestLoop loop_;
    TestStream stream_{loop_, gateway_.url("/signaling")};
};

TEST_F(StateQuery, AsksAndTellsTheAnswers) {
    gateway_.on("/signaling",
                answerQueries(R"({"msg_type":20,"rtms_stream_id":"stream-1","state":1,"timestamp":1700000000})",
                              R"({"msg_type":11,"rtms_session_id":"a\"b","state":2,"timestamp":1700000000123})"));
    join();
    EXPECT_EQ(rtms_stream_query_stream_state(stream_.handle()), RTMS_OK);
    const Row stream = loop_.await(RTMS_KIND_STREAM_STATE_ANSWER);
    EXPECT_EQ(stream.stream, stream_.handle());
    EXPECT_EQ(stream.code, 1);
    EXPECT_EQ(stream.detail, 0);
    EXPECT_EQ(stream.timestamp, 1'700'000'000'000); // it came in seconds
    EXPECT_EQ(stream.payload, "");
    EXPECT_GT(stream.arrival, 0);
    EXPECT_EQ(rtms_stream_query_session_state(stream_.handle(), "a\"b"), RTMS_OK);
    const Row session = loop_.await(RTMS_KIND_SESSION_STATE_ANSWER);
    EXPECT_EQ(session.code, 2);
    EXPECT_EQ(session.timestamp, 1'700'000'000'123);
    EXPECT_EQ(session.payload, "a\"b");
    EXPECT_EQ(gateway_.notes(R"({"msg_type":19,"rtms_stream_id":"stream-1"})"), 1);
    EXPECT_EQ(gateway_.notes(R"({"msg_type":10,"rtms_session_id":"a\"b"})"), 1);
}

TEST_F(StateQuery, ErrorsAndOddAnswersAreTold) {
    gateway_.on("/signaling",
                answerQueries(R"({"msg_type":20,"state":"none","timestamp":{}})",
                              R"({"msg_type":11,"rtms_session_id":7,"status_code":40,"reason":"unknown"})"));
    join();
    EXPECT_EQ(rtms_stream_query_stream_state(stream_.handle()), RTMS_OK);
    const Row stream = loop_.await(RTMS_KIND_STREAM_STATE_ANSWER);
    EXPECT_EQ(stream.code, -1);
    EXPECT_EQ(stream.timestamp, 0);
    EXPECT_EQ(rtms_stream_query_session_state(stream_.handle(), "x"), RTMS_OK);
    const Row session = loop_.await(RTMS_KIND_SESSION_STATE_ANSWER);
    EXPECT_EQ(session.code, -1);
    EXPECT_EQ(session.detail, 40);
    EXPECT_EQ(session.payload, "");
}

TEST_F(StateQuery, AnswersThatNobodyAskedForAreTold) {
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        peer.send(signalingAnswer(where));
        peer.send(R"({"msg_type":20,"state":4})");
        peer.send(R"({"msg_type":11,"state":5})");
        peer.send(R"({"msg_type":29,"user_id":"7","status_code":0})");
        noteSignaling(where, peer);
    });
    stream_.join();
    EXPECT_EQ(loop_.await(RTMS_KIND_STREAM_STATE_ANSWER).code, 4);
    EXPECT_EQ(loop_.await(RTMS_KIND_SESSION_STATE_ANSWER).code, 5);
    EXPECT_EQ(loop_.await(RTMS_KIND_VIDEO_SUBSCRIPTION).userId, 7);
}

TEST_F(StateQuery, IsPossibleOnceSignalingIsReady) {
    gateway_.on("/signaling", [](Gateway &where, Peer &peer) {
        peer.receive(1);
        where.note("asked");
        where.awaitSignal("answer");
        peer.send(signalingAnswer(where));
        peer.send(R"({"msg_type":8,"state":1,"timestamp":1})");
        noteSignaling(where, peer);
    });
    gateway_.on("/audio", [](Gateway &where, Peer &) { where.awaitSignal("never"); });
    EXPECT_EQ(rtms_stream_query_stream_state(stream_.handle()), RTMS_E_STATE);
    stream_.join();
    EXPECT_TRUE(gateway_.awaitNote("asked"));
    EXPECT_EQ(rtms_stream_query_stream_state(stream_.handle()), RTMS_E_STATE);
    EXPECT_EQ(rtms_stream_query_session_state(stream_.handle(), "x"), RTMS_E_STATE);
    gateway_.signal("answer");
    loop_.await(RTMS_KIND_STREAM_STATE); // not joined, but signaling lives
    EXPECT_EQ(rtms_stream_query_stream_state(stream_.handle()), RTMS_OK);
    EXPECT_EQ(rtms_stream_query_session_state(stream_.handle(), "x"), RTMS_OK);
    EXPECT_TRUE(gateway_.awaitNote("signaling 19"));
    EXPECT_TRUE(gateway_.awaitNote("signaling 10"));
    EXPECT_EQ(rtms_stream_close(stream_.handle()), RTMS_OK);
    loop_.awaitEnd();
    EXPECT_EQ(rtms_stream_query_stream_state(stream_.handle()), RTMS_E_STATE);
}

TEST_F(StateQuery, ArgumentsAreChecked) {
    EXPECT_EQ(rtms_stream_query_session_state(stream_.handle(), nullptr), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_stream_query_session_state(stream_.handle(), ""), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_stream_query_session_state(stream_.handle(), "\xff"), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_stream_query_session_state(987654321, "x"), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_query_stream_state(987654321), RTMS_E_NOT_EXIST);
}

} // namespace
} // namespace rtms::test
