#include <system_error>

#include <unistd.h>

#include <gtest/gtest.h>

#include "loop/memory.h"
#include "loop/stream_state.h"
#include "rtms.h"

namespace rtms::test {
namespace {

using Phase = StreamState::Phase;

TEST(StreamState, OneClaimAtATime) {
    StreamState state(7);
    EXPECT_TRUE(state.claim());
    EXPECT_FALSE(state.claim());
    EXPECT_TRUE(state.running());
    state.release();
    EXPECT_FALSE(state.running());
    EXPECT_TRUE(state.claim());
}

TEST(StreamState, AnEndIsOwedUntilItIsInTheRingAndAJoinMayBeginBefore) {
    StreamState state(7);
    EXPECT_FALSE(state.owesEnd());
    ASSERT_TRUE(state.claim());
    state.setPhase(Phase::joined);
    EXPECT_TRUE(state.isJoined());
    state.setPhase(Phase::ended);
    EXPECT_FALSE(state.running());
    EXPECT_TRUE(state.owesEnd());
    state.endIsWritten();
    EXPECT_FALSE(state.owesEnd());
    ASSERT_TRUE(state.claim());
    state.setPhase(Phase::ended);
    EXPECT_TRUE(state.claim());
    state.endIsWritten(); // of the attempt before
    EXPECT_TRUE(state.running());
}

TEST(StreamState, ALateWordAboutAForgottenStreamChangesNothingForTheNext) {
    std::uint64_t word = 0;
    PhaseWord(word, 7).take();
    StreamState before(7, word);
    ASSERT_TRUE(before.claim());
    PhaseWord(word, 8).take();
    StreamState next(8, word);
    before.setPhase(Phase::joined);
    EXPECT_FALSE(next.running());
    ASSERT_TRUE(next.claim());
    before.setPhase(Phase::ended);
    before.endIsWritten();
    EXPECT_TRUE(next.running());
    EXPECT_FALSE(before.running());
    EXPECT_FALSE(before.claim());
}

TEST(Memory, IsSharedByItsDescriptorAndKeepsItsSize) {
    const Memory memory = Memory::shareable("test", 4096);
    const Memory other = Memory::of(memory.descriptor());
    EXPECT_EQ(other.bytes(), 4096U);
    EXPECT_EQ(other.descriptor(), -1);
    memory.place()[17] = std::byte{42};
    EXPECT_EQ(other.place()[17], std::byte{42});
    EXPECT_NE(::ftruncate(memory.descriptor(), 0), 0);
    EXPECT_THROW(Memory::of(-1), std::system_error);
}

} // namespace
} // namespace rtms::test
