#include <functional>
#include <memory>
#include <random>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "support/client.h"
#include "support/scripts.h"

namespace rtms::test {
namespace {

std::string noise(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    std::string bytes;
    for (std::size_t index = 0; index < size; ++index) {
        bytes += static_cast<char>(random());
    }
    return bytes;
}

/// A gateway whose audio server does this after its handshake.
class Frames : public testing::Test {
  protected:
    void serve(std::function<void(Peer &)> frames, std::int64_t ringBytes = 1 << 20, std::int32_t mediaTypes = 1 | 8,
               bool split = false) {
        serveAll(gateway_);
        gateway_.on("/all", [frames = std::move(frames)](Gateway &, Peer &peer) {
            acceptMedia(peer);
            frames(peer);
            peer.drain();
        });
        loop_ = std::make_unique<TestLoop>(ringBytes);
        TestStream stream(*loop_, gateway_.url("/signaling"), mediaTypes);
        stream.set(RTMS_INT_SPLIT, split ? 1 : 0).join();
    }

    Gateway gateway_;
    std::unique_ptr<TestLoop> loop_;
};

TEST_F(Frames, AudioComesByteForByteInEveryKindOfFrame) {
    const std::string bytes = noise(640, 1);
    serve([&](Peer &peer) {
        const std::string text = audio(bytes);
        peer.send(text);
        peer.sendBinary(text);
        peer.sendFragments({text.substr(0, 1), text.substr(1, 300), text.substr(301)}, false);
        peer.sendFragments({text.substr(0, 20), "", text.substr(20)}, true);
    });
    for (int frame = 0; frame < 4; ++frame) {
        const Row row = loop_->await(RTMS_KIND_AUDIO);
        EXPECT_EQ(row.payload, bytes);
        EXPECT_EQ(row.userId, 16778240);
        EXPECT_EQ(row.name, "Ada");
        EXPECT_EQ(row.timestamp, 1000);
        EXPECT_EQ(row.code, 0);
        EXPECT_GT(row.arrival, 0);
    }
}

TEST_F(Frames, TranscriptsComeWithTheirTimesLanguageAndExtra) {
    const std::string text = "Gr\xc3\xbc\xc3\x9f dich \"Welt\"\n\xf0\x9f\x98\x80";
    serve([&](Peer &peer) {
        peer.send(transcript(text));
        peer.sendBinary(transcript(text));
        const std::string whole = transcript(text);
        const std::size_t middle = whole.find("\xf0\x9f") + 2; // inside a character
        peer.sendFragments({whole.substr(0, middle), whole.substr(middle)}, false);
    });
    for (int frame = 0; frame < 3; ++frame) {
        const Row row = loop_->await(RTMS_KIND_TRANSCRIPT);
        EXPECT_EQ(row.payload, text);
        EXPECT_EQ(row.userId, 33556610);
        EXPECT_EQ(row.name, "Grace");
        EXPECT_EQ(row.timestamp, 5);
        EXPECT_EQ(row.start, 6);
        EXPECT_EQ(row.end, 7);
        EXPECT_EQ(row.code, 9);
        EXPECT_EQ(row.detail, 2);
        EXPECT_EQ(row.extra, R"({"channel_id":"c1"})");
    }
}

TEST_F(Frames, VideoDeskshareAndChatAreDecodedToo) {
    serve(
        [](Peer &peer) {
            peer.send(R"({"msg_type":15,"content":{"data":"AAEC"}})");
            peer.send(R"({"msg_type":16,"content":{"data":"data:image/jpeg;base64,AAED"}})");
            peer.send(R"({"msg_type":18,"content":{"data":"hello","message_id":"m"}})");
        },
        1 << 20, 31);
    EXPECT_EQ(loop_->await(RTMS_KIND_VIDEO).payload, std::string("\0\1\2", 3));
    EXPECT_EQ(loop_->await(RTMS_KIND_DESKSHARE).payload, std::string("\0\1\3", 3));
    const Row chat = loop_->await(RTMS_KIND_CHAT);
    EXPECT_EQ(chat.payload, "hello");
    EXPECT_EQ(chat.extra, R"({"message_id":"m"})");
}

TEST_F(Frames, Base64WithEscapedSlashesIsDecodedToo) {
    const std::string bytes(3000, '\xff'); // "////"
    const std::string plain = audio(bytes);
    std::string escaped;
    for (const char character : plain) {
        escaped += character == '/' ? "\\/" : std::string(1, character);
    }
    serve([escaped, plain](Peer &peer) {
        peer.send(escaped);
        peer.send(plain);
    });
    EXPECT_EQ(loop_->await(RTMS_KIND_AUDIO).payload, bytes);
    EXPECT_EQ(loop_->await(RTMS_KIND_AUDIO).payload, bytes);
}

TEST_F(Frames, MetadataComesWithItsFieldsAndItsJson) {
    serve(
        [](Peer &peer) {
            peer.send(
                R"({"msg_type":23,"content":{"user_id":"7","user_name":"Ada","timestamp":1,"start_ts":2,"end_ts":3,)"
                R"("lid":9,"targets":[{"lid":14}]}})");
            peer.send(R"({"msg_type":24,"content":"text","user_id":8})");
            peer.sendBinary(R"({"msg_type":25,"content":{"start_time":4,"end_time":"5"}})");
            peer.send(R"({"msg_type":26})");
            peer.send(R"({"msg_type":27,"content":{}})");
        },
        1 << 20, 31);
    const Row audio = loop_->await(RTMS_KIND_METADATA);
    EXPECT_EQ(audio.code, 23);
    EXPECT_EQ(audio.userId, 7);
    EXPECT_EQ(audio.name, "Ada");
    EXPECT_EQ(audio.timestamp, 1);
    EXPECT_EQ(audio.start, 2);
    EXPECT_EQ(audio.end, 3);
    EXPECT_GT(audio.arrival, 0);
    EXPECT_EQ(audio.payload, R"({"user_id":"7","user_name":"Ada","timestamp":1,"start_ts":2,"end_ts":3,)"
                             R"("lid":9,"targets":[{"lid":14}]})");
    const Row video = loop_->await(RTMS_KIND_METADATA);
    EXPECT_EQ(video.code, 24);
    EXPECT_EQ(video.userId, 8);
    EXPECT_EQ(video.payload, R"({"msg_type":24,"content":"text","user_id":8})");
    const Row deskshare = loop_->await(RTMS_KIND_METADATA);
    EXPECT_EQ(deskshare.start, 4);
    EXPECT_EQ(deskshare.end, 5);
    EXPECT_EQ(loop_->await(RTMS_KIND_METADATA).payload, R"({"msg_type":26})");
    EXPECT_EQ(loop_->await(RTMS_KIND_METADATA).code, 27);
}

TEST_F(Frames, ChatOfAnyShapeDoesNoHarm) {
    serve(
        [](Peer &peer) {
            peer.send(R"({"msg_type":18,"content":{"data":"{\"text\":\"hi\"}","chat_session":{"type":1,"id":"x"},)"
                      R"("files":[{"file_id":"f"}],"sender":{"user_id":1}}})");
            peer.send(R"({"msg_type":18,"content":{"data":42}})");
            peer.send(R"({"msg_type":18,"content":{"operation_type":2}})");
            peer.send(R"({"msg_type":18,"content":{"data":{"text":"hi"}}})");
        },
        1 << 20, 16);
    const Row chat = loop_->await(RTMS_KIND_CHAT);
    EXPECT_EQ(chat.payload, R"({"text":"hi"})");
    EXPECT_EQ(chat.extra, R"({"chat_session":{"type":1,"id":"x"},"files":[{"file_id":"f"}],"sender":{"user_id":1}})");
    EXPECT_EQ(loop_->await(RTMS_KIND_CHAT).payload, "42");
    const Row removal = loop_->await(RTMS_KIND_CHAT);
    EXPECT_EQ(removal.payload, "");
    EXPECT_EQ(removal.extra, R"({"operation_type":2})");
    EXPECT_EQ(loop_->await(RTMS_KIND_CHAT).payload, R"({"text":"hi"})");
}

TEST_F(Frames, MediaThatWereNotAskedForAreLeftOut) {
    serve(
        [](Peer &peer) {
            peer.send(audio("no"));
            peer.send(R"({"msg_type":15,"content":{"data":"AAEC"}})");
            peer.send(R"({"msg_type":23,"content":{}})");
            peer.send(R"({"msg_type":27})");
            peer.send(R"({"msg_type":26,"content":{}})");
            peer.send(transcript("yes"));
        },
        1 << 20, 8);
    loop_->await(RTMS_KIND_TRANSCRIPT);
    EXPECT_TRUE(loop_->seen(RTMS_KIND_AUDIO).empty());
    EXPECT_TRUE(loop_->seen(RTMS_KIND_VIDEO).empty());
    ASSERT_EQ(loop_->seen(RTMS_KIND_METADATA).size(), 1U);
    EXPECT_EQ(loop_->seen(RTMS_KIND_METADATA)[0].code, 26);
}

TEST_F(Frames, EmptyFramesAndUnknownMessagesDoNoHarm) {
    serve([](Peer &peer) {
        peer.send(audio(""));
        peer.send(R"({"msg_type":24,"content":{"a":1}})");
        peer.send(R"({"msg_type":77})");
        peer.ping();
        peer.send(R"({"msg_type":14,"content":{}})");
        peer.send(audio("end", 2000));
    });
    EXPECT_EQ(loop_->await(RTMS_KIND_AUDIO).payload, "");
    EXPECT_EQ(loop_->await(RTMS_KIND_AUDIO).payload, "");
    const Row last = loop_->await(RTMS_KIND_AUDIO);
    EXPECT_EQ(last.payload, "end");
    EXPECT_EQ(last.timestamp, 2000);
}

TEST_F(Frames, LargeFramesAreCutAndComeWhole) {
    const std::string bytes = noise(3'000'000, 2);
    serve([&](Peer &peer) { peer.send(audio(bytes)); }, 1 << 20);
    std::string whole;
    int parts = 0;
    for (;;) {
        const Row row = loop_->await(RTMS_KIND_AUDIO);
        EXPECT_EQ(row.name, "Ada");
        whole += row.payload;
        ++parts;
        if ((row.flags & RTMS_FLAG_MORE) == 0) {
            break;
        }
    }
    EXPECT_EQ(parts, 12);
    EXPECT_TRUE(whole == bytes);
}

TEST_F(Frames, KeepAlivesAreAnsweredOnTheirSocket) {
    serveAll(gateway_);
    const auto keepAlive = [](Gateway &where, Peer &peer) {
        for (int index = 0; index < 3; ++index) {
            peer.send(R"({"msg_type":12,"timestamp":170000000012)" + std::to_string(index) + "}");
            boost::json::value answer = boost::json::parse(peer.receiveText());
            while (answer.at("msg_type") != 13) { // 5 and 7 may come between
                answer = boost::json::parse(peer.receiveText());
            }
            where.note(answer.at("timestamp") == 1700000000120 + index ? "answered" : "wrong");
        }
    };
    gateway_.on("/signaling", [=](Gateway &where, Peer &peer) {
        peer.receive(1);
        keepAlive(where, peer); // also before message 2
        peer.send(signalingAnswer(where));
        keepAlive(where, peer);
        noteSignaling(where, peer);
    });
    gateway_.on("/all", [=](Gateway &where, Peer &peer) {
        acceptMedia(peer);
        keepAlive(where, peer);
        peer.drain();
    });
    TestLoop loop;
    TestStream stream(loop, gateway_.url("/signaling"));
    stream.set(RTMS_INT_SPLIT, 0).join();
    EXPECT_TRUE(gateway_.awaitNote("answered", 9));
    EXPECT_EQ(gateway_.notes("wrong"), 0);
}

} // namespace
} // namespace rtms::test
