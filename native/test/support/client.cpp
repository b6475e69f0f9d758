#include "support/client.h"

#include <cstdlib>
#include <string_view>

#include <gtest/gtest.h>

namespace rtms::test {

bool isIsolated() {
    const char *value = std::getenv("RTMS_TEST_ISOLATED");
    return value != nullptr && std::string_view(value) == "1";
}

std::int64_t createLoop(const char *name, std::int64_t ringBytes, const std::string &wakePath, bool isolated) {
    return isolated ? rtms_loop_create_isolated(name, ringBytes, wakePath.c_str(), RTMS_TEST_WORKER, RTMS_TEST_LIBRARY)
                    : rtms_loop_create(name, ringBytes, wakePath.c_str());
}

TestLoop::TestLoop(std::int64_t ringBytes, bool isolated) {
    handle_ = createLoop("test", ringBytes, wake_.path(), isolated);
    EXPECT_GT(handle_, 0);
    read();
}

void TestLoop::read() {
    wake_.accept();
    reader_ = std::make_unique<RingReader>(rtms_loop_ring(handle_), wake_,
                                           [handle = handle_] { EXPECT_EQ(rtms_loop_space(handle), RTMS_OK); });
}

TestLoop::~TestLoop() { destroy(); }

void TestLoop::destroy() {
    if (handle_ != 0) {
        EXPECT_EQ(rtms_loop_destroy(handle_), RTMS_OK);
        handle_ = 0;
    }
}

std::int32_t TestLoop::restart() {
    const std::int32_t result = rtms_loop_restart(handle_, wake_.path().c_str());
    if (result == RTMS_OK) {
        read();
    }
    return result;
}

void TestLoop::awaitCrash() {
    while (auto row = reader_->next(patience)) {
        seen_.push_back(*row);
    }
    EXPECT_TRUE(reader_->ended());
}

Row TestLoop::await(std::uint16_t kind) {
    while (auto row = reader_->next(patience)) {
        if (row->kind != RTMS_KIND_LOG) {
            seen_.push_back(*row);
        }
        if (row->kind == kind) {
            return *row;
        }
    }
    ADD_FAILURE() << "no record of kind " << kind << " came";
    return {};
}

void TestLoop::awaitAll(std::uint16_t kind, std::size_t count) {
    for (std::size_t come = seen(kind).size(); come < count && await(kind).kind == kind; ++come) {
    }
}

void TestLoop::settle() {
    EXPECT_EQ(rtms_loop_pulse(handle_), RTMS_OK);
    await(RTMS_KIND_PULSE);
}

std::vector<Row> TestLoop::seen(std::uint16_t kind) const {
    std::vector<Row> found;
    for (const Row &row : seen_) {
        if (row.kind == kind) {
            found.push_back(row);
        }
    }
    return found;
}

TestStream::TestStream(const TestLoop &loop, const std::string &serverUrls, std::int32_t mediaTypes)
    : handle_(rtms_stream_create(loop.handle())) {
    EXPECT_GT(handle_, 0);
    set(RTMS_STRING_STREAM_ID, "stream-1");
    set(RTMS_STRING_ID, "aB+/9w==");
    set(RTMS_STRING_SERVER_URLS, serverUrls);
    set(RTMS_STRING_CLIENT_ID, "client");
    set(RTMS_STRING_CLIENT_SECRET, "secret");
    set(RTMS_INT_MEDIA_TYPES, mediaTypes);
}

TestStream &TestStream::set(std::int32_t option, std::int64_t value) {
    EXPECT_EQ(rtms_stream_set_int(handle_, option, value), RTMS_OK);
    return *this;
}

TestStream &TestStream::set(std::int32_t option, const std::string &value) {
    EXPECT_EQ(rtms_stream_set_string(handle_, option, value.c_str()), RTMS_OK);
    return *this;
}

void TestStream::join() { EXPECT_EQ(rtms_stream_join(handle_), RTMS_OK); }

} // namespace rtms::test
