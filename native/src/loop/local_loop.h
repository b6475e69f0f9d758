#ifndef RTMS_LOOP_LOCAL_LOOP_H
#define RTMS_LOOP_LOCAL_LOOP_H

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "loop/engine.h"
#include "loop/loop.h"
#include "loop/outbox.h"
#include "loop/ring.h"
#include "loop/stream_host.h"
#include "loop/wake_socket.h"

namespace rtms {

/// A loop in this process: one OS thread with its ring, its engine and its streams.
///
/// Threads: public functions from any thread, unless said otherwise. The destructor waits for the thread, which never
/// waits for the network or for the reader once abandon() has been called.
class LocalLoop : public Loop {
  public:
    LocalLoop(std::string name, Ring ring, WakeSocket wake);
    ~LocalLoop() override;

    /// Starts the thread. Throws std::system_error where none can be had.
    void start();
    /// Instead of start(), for who has a thread already: carries out on it what needs no waiting.
    void poll();

    const Memory &ring() const override { return ring_.memory(); }
    std::shared_ptr<StreamState> createStream(std::int64_t handle) override;
    /// The same for a host that somebody has made. False once stop() was called.
    bool addStream(const std::shared_ptr<StreamHost> &host);
    std::int32_t post(std::int64_t stream, Command command) override;
    std::int32_t join(const std::shared_ptr<StreamState> &state, StreamOptions options) override;
    /// As join(), for a state that was claimed for it.
    std::int32_t joinClaimed(const std::shared_ptr<StreamState> &state, StreamOptions options);
    void destroyStream(std::int64_t stream) override;
    std::int32_t setTls(const std::string &caFile, bool verify) override { return engine_->setTls(caFile, verify); }
    std::int32_t pulse() override;
    void space() override;
    void stop() override;
    void abandon() override;
    std::string engine() const override { return engineVersion(); }

    /// Writes the DISCONNECTED of an attempt that a loop before this one has left behind.
    void endLost(std::int64_t stream, const std::string &reason);

    // ---- From the loop's thread ----

    Outbox &outbox() { return outbox_; }
    void attemptEnded();

  private:
    struct Entry {
        std::shared_ptr<StreamHost> host;
        std::shared_ptr<Stream> stream;
    };

    bool enqueue(std::function<void()> task);
    void main();
    template <class Run> void guard(Run run);
    void stopStreams(bool polite);
    void writePulse();
    void endWritten(std::int64_t stream);
    void wakeReader();
    void drain();
    void watchSpace();
    void finishIfDone();

    const std::string name_;
    Ring ring_;
    WakeSocket wake_;
    Outbox outbox_{ring_, [this] { wakeReader(); }, [this] { watchSpace(); },
                   [this](std::int64_t stream) { endWritten(stream); }};
    // Concurrency hint 1: one thread runs it, others only post.
    boost::asio::io_context context_{1};
    boost::asio::steady_timer spaceTimer_{context_};
    boost::asio::steady_timer stopTimer_{context_};
    std::unique_ptr<Engine> engine_;
    std::unordered_map<std::int64_t, Entry> streams_;
    std::int64_t attempts_ = 0;
    bool isWakePosted_ = false;
    bool stopping_ = false;
    bool stoppedWritten_ = false;
    bool abandoned_ = false;

    std::mutex mutex_; // guards `accepting_` and the order of posts
    bool accepting_ = true;
    std::mutex joinMutex_; // only one caller may join the thread
    std::thread thread_;
};

} // namespace rtms

#endif
