#include "engine/frame_writer.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace rtms {
namespace {

/// The payload of a frame whose header has so many bytes, the key among them.
std::string unmasked(const std::string &frame, std::size_t header) {
    std::string payload = frame.substr(header);
    for (std::size_t index = 0; index < payload.size(); ++index) {
        payload[index] = static_cast<char>(payload[index] ^ frame[header - 4 + index % 4]);
    }
    return payload;
}

TEST(FrameWriter, WritesSizesInTheFewestBytes) {
    MaskingKeys keys;
    for (const auto &[size, sizeBytes] : {std::pair<std::size_t, std::string>{0, "\x80"},
                                          {125, "\xfd"},
                                          {126, std::string("\xfe\0\x7e", 3)},
                                          {65'535, "\xfe\xff\xff"},
                                          {65'536, std::string("\xff\0\0\0\0\0\1\0\0", 9)}}) {
        const std::string payload(size, 'p');
        std::string frame;
        frame_writer::text(frame, payload, keys);
        EXPECT_EQ(frame.substr(0, 1 + sizeBytes.size()), "\x81" + sizeBytes);
        EXPECT_EQ(unmasked(frame, 1 + sizeBytes.size() + 4), payload);
    }
}

TEST(FrameWriter, WritesControlFrames) {
    MaskingKeys keys;
    std::string frame;
    frame_writer::pong(frame, "ping", keys);
    EXPECT_EQ(frame.substr(0, 2), "\x8a\x84");
    EXPECT_EQ(unmasked(frame, 6), "ping");
    frame.clear();
    frame_writer::close(frame, 1001, keys);
    EXPECT_EQ(frame.substr(0, 2), "\x88\x82");
    EXPECT_EQ(unmasked(frame, 6), "\x03\xe9");
    frame.clear();
    frame_writer::close(frame, 0, keys);
    EXPECT_EQ(frame.substr(0, 2), "\x88\x80");
}

TEST(FrameWriter, FramesGoBehindEachOtherWithKeysOfTheirOwn) {
    MaskingKeys keys;
    std::set<MaskingKeys::Key> seen;
    for (int count = 0; count < 1000; ++count) {
        seen.insert(keys.next());
    }
    EXPECT_GT(seen.size(), 990U); // of 2^32
    std::string frames;
    frame_writer::text(frames, "a", keys);
    frame_writer::text(frames, "b", keys);
    EXPECT_EQ(unmasked(frames.substr(0, 7), 6), "a");
    EXPECT_EQ(unmasked(frames.substr(7), 6), "b");
}

} // namespace
} // namespace rtms
