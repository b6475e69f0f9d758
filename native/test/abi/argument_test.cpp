#include <string>

#include <gtest/gtest.h>

#include "support/client.h"

namespace rtms::test {
namespace {

TEST(Arguments, NullIsInvalid) {
    WakeListener wake;
    EXPECT_EQ(rtms_loop_create(nullptr, 65536, wake.path().c_str()), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_loop_create("x", 65536, nullptr), RTMS_E_INVALID_ARGUMENT);
    const char *path = wake.path().c_str();
    EXPECT_EQ(rtms_loop_create_isolated("x", 65536, path, nullptr, RTMS_TEST_LIBRARY), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_loop_create_isolated("x", 65536, path, RTMS_TEST_WORKER, nullptr), RTMS_E_INVALID_ARGUMENT);
    TestLoop loop;
    EXPECT_EQ(rtms_loop_restart(loop.handle(), nullptr), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_loop_set_tls(loop.handle(), nullptr, 1), RTMS_E_INVALID_ARGUMENT);
    const TestStream stream(loop, "ws://127.0.0.1:1");
    EXPECT_EQ(rtms_stream_set_string(stream.handle(), RTMS_STRING_ID, nullptr), RTMS_E_INVALID_ARGUMENT);
}

void expectNoLoop(std::int64_t handle) {
    EXPECT_EQ(rtms_loop_ring(handle), nullptr);
    EXPECT_EQ(rtms_loop_ring_bytes(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_loop_set_tls(handle, "", 1), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_loop_space(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_loop_pulse(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_loop_stop(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_loop_destroy(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_create(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_loop_kill(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_loop_restart(handle, "/nowhere"), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_loop_process(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_loop_engine(handle), nullptr);
}

void expectNoStream(std::int64_t handle) {
    EXPECT_EQ(rtms_stream_set_string(handle, RTMS_STRING_ID, "x"), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_set_int(handle, RTMS_INT_SPLIT, 1), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_subscribe(handle, 2, 1), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_subscribe_video(handle, 7, 1), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_query_stream_state(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_query_session_state(handle, "x"), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_join(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_join_media(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_renew_media(handle, 0), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_pause(handle, 1), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_leave(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_close(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_destroy(handle), RTMS_E_NOT_EXIST);
}

TEST(Arguments, UnknownAndForeignHandlesDoNotExist) {
    TestLoop loop;
    const TestStream stream(loop, "ws://127.0.0.1:1");
    for (const std::int64_t handle :
         {std::int64_t{0}, std::int64_t{-1}, INT64_MAX, INT64_MIN, std::int64_t{987654321}}) {
        expectNoLoop(handle);
        expectNoStream(handle);
    }
    expectNoLoop(stream.handle());
    expectNoStream(loop.handle());
}

TEST(Arguments, StaleHandlesDoNotExist) {
    TestLoop loop;
    const TestStream stream(loop, "ws://127.0.0.1:1");
    EXPECT_EQ(rtms_stream_destroy(stream.handle()), RTMS_OK);
    EXPECT_EQ(rtms_stream_destroy(stream.handle()), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_stream_join(stream.handle()), RTMS_E_NOT_EXIST);
    const TestStream second(loop, "ws://127.0.0.1:1");
    EXPECT_NE(second.handle(), stream.handle());
    const std::int64_t handle = loop.handle();
    loop.destroy();
    EXPECT_EQ(rtms_loop_destroy(handle), RTMS_E_NOT_EXIST);
    EXPECT_EQ(rtms_loop_ring(handle), nullptr);
    EXPECT_EQ(rtms_stream_close(second.handle()), RTMS_E_NOT_EXIST);
}

TEST(Arguments, RingSizesAreRoundedUpAndBounded) {
    EXPECT_EQ(rtms_loop_ring_bytes(TestLoop(1).handle()), RTMS_RING_DATA_OFFSET + RTMS_RING_MIN_BYTES);
    EXPECT_EQ(rtms_loop_ring_bytes(TestLoop(65537).handle()), RTMS_RING_DATA_OFFSET + 131072);
    EXPECT_EQ(rtms_loop_ring_bytes(TestLoop(131072).handle()), RTMS_RING_DATA_OFFSET + 131072);
    WakeListener wake;
    for (const std::int64_t bytes :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{RTMS_RING_MAX_BYTES} + 1, INT64_MAX}) {
        EXPECT_EQ(createLoop("x", bytes, wake.path()), RTMS_E_INVALID_ARGUMENT);
    }
}

TEST(Arguments, AWakeSocketThatIsNotThereIsAnError) {
    EXPECT_EQ(createLoop("x", 65536, "/nowhere/to/be/found"), RTMS_E_WAKE);
    EXPECT_EQ(createLoop("x", 65536, ""), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(createLoop("x", 65536, std::string(300, 'p')), RTMS_E_INVALID_ARGUMENT);
}

TEST(Arguments, CallsInTheWrongStateAreRefused) {
    TestLoop loop;
    const TestStream stream(loop, "ws://127.0.0.1:1");
    EXPECT_EQ(rtms_stream_leave(stream.handle()), RTMS_E_STATE);
    EXPECT_EQ(rtms_stream_close(stream.handle()), RTMS_E_STATE);
    EXPECT_EQ(rtms_stream_join_media(stream.handle()), RTMS_E_STATE);
    EXPECT_EQ(rtms_stream_renew_media(stream.handle(), 0), RTMS_E_STATE);
    for (const std::int32_t level : {RTMS_READ_ALL, RTMS_READ_SIGNALING, RTMS_READ_NOTHING}) {
        EXPECT_EQ(rtms_stream_pause(stream.handle(), level), RTMS_OK);
    }
    for (const std::int32_t level : {-1, 3, INT32_MAX, INT32_MIN}) {
        EXPECT_EQ(rtms_stream_pause(stream.handle(), level), RTMS_E_INVALID_ARGUMENT);
    }
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 0, 1), RTMS_E_INVALID_ARGUMENT);
    EXPECT_EQ(rtms_stream_subscribe(stream.handle(), 2, 5), RTMS_E_INVALID_ARGUMENT);
}

TEST(Arguments, AJoinWithoutItsOptionsIsRefused) {
    TestLoop loop;
    TestStream stream(loop, "http://127.0.0.1:1");
    EXPECT_EQ(rtms_stream_join(stream.handle()), RTMS_E_INVALID_ARGUMENT);
    stream.set(RTMS_STRING_SERVER_URLS, "ws://127.0.0.1:1").set(RTMS_STRING_ID, "");
    EXPECT_EQ(rtms_stream_join(stream.handle()), RTMS_E_INVALID_ARGUMENT);
    stream.set(RTMS_STRING_ID, "x").set(RTMS_STRING_CLIENT_SECRET, "");
    EXPECT_EQ(rtms_stream_join(stream.handle()), RTMS_E_INVALID_ARGUMENT);
}

TEST(Arguments, EveryResultHasASentence) {
    for (std::int32_t code = -30; code <= 1; ++code) {
        EXPECT_NE(rtms_strerror(code), nullptr);
    }
    EXPECT_STRNE(rtms_strerror(RTMS_E_TLS), rtms_strerror(-999));
    EXPECT_STRNE(rtms_strerror(RTMS_E_PROXY), rtms_strerror(-999));
    EXPECT_EQ(rtms_abi_version(), RTMS_ABI_VERSION);
    EXPECT_EQ(std::string(rtms_version()).substr(0, 8), "builtin ");
}

} // namespace
} // namespace rtms::test
