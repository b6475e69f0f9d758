#ifndef RTMS_TEST_SUPPORT_CLIENT_H
#define RTMS_TEST_SUPPORT_CLIENT_H

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rtms.h"
#include "support/ring_reader.h"
#include "support/wake_listener.h"

namespace rtms::test {

/// What any wait of a test is bounded by.
constexpr std::chrono::milliseconds patience{20'000};

/// A loop made through rtms.h, with its reader.
class TestLoop {
  public:
    explicit TestLoop(std::int64_t ringBytes = 1 << 20);
    ~TestLoop();
    TestLoop(const TestLoop &) = delete;
    TestLoop &operator=(const TestLoop &) = delete;

    std::int64_t handle() const { return handle_; }
    RingReader &reader() { return *reader_; }
    void destroy();

    /// Reads until a record of this kind comes and returns it; those before it are kept in seen(). A test failure where
    /// none comes.
    Row await(std::uint16_t kind);

    /// Reads until DISCONNECTED and returns it.
    Row awaitEnd() { return await(RTMS_KIND_DISCONNECTED); }

    /// Everything read so far, without LOG records.
    const std::vector<Row> &seen() const { return seen_; }
    std::vector<Row> seen(std::uint16_t kind) const;

  private:
    WakeListener wake_;
    std::int64_t handle_ = 0;
    std::unique_ptr<RingReader> reader_;
    std::vector<Row> seen_;
};

/// A stream with the options that every join needs.
class TestStream {
  public:
    TestStream(const TestLoop &loop, const std::string &serverUrls, std::int32_t mediaTypes = 1 | 8);

    std::int64_t handle() const { return handle_; }
    TestStream &set(std::int32_t option, std::int64_t value);
    TestStream &set(std::int32_t option, const std::string &value);
    void join();

  private:
    std::int64_t handle_;
};

} // namespace rtms::test

#endif
