#ifndef RTMS_LOOP_LOOP_H
#define RTMS_LOOP_LOOP_H

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
#include "loop/outbox.h"
#include "loop/ring.h"
#include "loop/stream_host.h"
#include "loop/wake_socket.h"

namespace rtms {

/// One OS thread with its ring, its engine and its streams. Commands of other threads are carried out on it in the
/// order in which they were posted.
///
/// Threads: public functions from any thread, unless said otherwise. The destructor waits for the thread, which never
/// waits for the network or for the reader once abandon() has been called.
class Loop {
  public:
    /// ringBytes: capacity of the ring, a power of two. Throws as Ring and WakeSocket do.
    Loop(std::string name, std::size_t ringBytes, const std::string &wakePath);
    ~Loop();
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    /// Starts the thread. Throws std::system_error where none can be had.
    void start();
    /// Instead of start(), for tests: carries out on the caller's thread what needs no waiting.
    void poll();

    const Ring &ring() const { return ring_; }
    Engine &engine() { return *engine_; }

    /// RTMS_E_STOPPED once stop() was called: then nothing that is posted would be carried out.
    std::int32_t createStream(const std::shared_ptr<StreamHost> &host);
    std::int32_t post(std::int64_t stream, std::function<void(Stream &)> command);
    /// Starts an attempt; it ends with attemptEnded(), whatever happens. The events asked for are the host's by then.
    std::int32_t join(const std::shared_ptr<StreamHost> &host, StreamOptions options);
    void destroyStream(std::int64_t stream);

    /// Has the loop's thread write a PULSE.
    std::int32_t pulse();

    /// The reader made room.
    void space();
    /// Ends all streams, then the thread, as soon as the reader has read or abandon() is called.
    void stop();
    /// Stops at once, without the peers and the reader, and waits for the thread's end.
    void abandon();

    // ---- From the loop's thread ----

    Outbox &outbox() { return outbox_; }
    void attemptEnded();

  private:
    bool enqueue(std::function<void()> task);
    void main();
    template <class Run> void guard(Run run);
    void stopStreams(bool polite);
    void writePulse();
    void drain();
    void watchSpace();
    void finishIfDone();

    const std::string name_;
    Ring ring_;
    WakeSocket wake_;
    Outbox outbox_{ring_, wake_, [this] { watchSpace(); }};
    // Concurrency hint 1: one thread runs it, others only post.
    boost::asio::io_context context_{1};
    boost::asio::steady_timer spaceTimer_{context_};
    boost::asio::steady_timer stopTimer_{context_};
    std::unique_ptr<Engine> engine_;
    std::unordered_map<std::int64_t, std::shared_ptr<Stream>> streams_;
    std::int64_t attempts_ = 0;
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
