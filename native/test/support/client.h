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

/// Whether every loop of this run has a process of its own.
bool isIsolated();

/// A loop made through rtms.h, with its reader.
class TestLoop {
  public:
    explicit TestLoop(std::int64_t ringBytes = 1 << 20, bool isolated = isIsolated());
    ~TestLoop();
    TestLoop(const TestLoop &) = delete;
    TestLoop &operator=(const TestLoop &) = delete;

    std::int64_t handle() const { return handle_; }
    RingReader &reader() { return *reader_; }
    void destroy();
    /// rtms_loop_restart(), and reads the ring anew.
    std::int32_t restart();
    /// Reads until the loop's process is gone.
    void awaitCrash();

    /// Reads until a record of this kind comes and returns it; those before it are kept in seen(). A test failure where
    /// none comes.
    Row await(std::uint16_t kind);

    /// Reads until so many records of this kind have come. A test failure where they do not.
    void awaitAll(std::uint16_t kind, std::size_t count);

    /// Waits until the loop has carried out what it was told so far.
    void settle();

    /// Reads until DISCONNECTED and returns it.
    Row awaitEnd() { return await(RTMS_KIND_DISCONNECTED); }

    /// Everything read so far, without LOG records.
    const std::vector<Row> &seen() const { return seen_; }
    std::vector<Row> seen(std::uint16_t kind) const;

  private:
    void read();

    WakeListener wake_;
    std::int64_t handle_ = 0;
    std::unique_ptr<RingReader> reader_;
    std::vector<Row> seen_;
};

/// A loop of the kind that this run tests; or an error.
std::int64_t createLoop(const char *name, std::int64_t ringBytes, const std::string &wakePath,
                        bool isolated = isIsolated());

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
