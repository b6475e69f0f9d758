#ifndef RTMS_WORKER_PROCESS_H
#define RTMS_WORKER_PROCESS_H

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include <sys/types.h>

namespace rtms {

/// The worker cannot be started.
class WorkerError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// What is needed to start workers.
struct WorkerProgram {
    std::string program; // path of rtms-worker
    std::string library; // path of the library whose engine it runs
    std::string name;    // of its loop
};

/// Numbers of the descriptors that a worker is started with, beside the standard three.
struct WorkerDescriptors {
    static constexpr int channel = 3;
    static constexpr int ring = 4;
    static constexpr int phases = 5;
    static constexpr int wake = 6;
};

/// A worker process as its owner sees it: orders go to it in order, by a thread of their own, so that no caller waits
/// for a worker that hangs. It is in a process group of its own, so that a terminal's interrupt comes to the owner
/// alone, and ends by itself when the owner is gone.
///
/// Threads: any, but for the destructor.
class WorkerProcess {
  public:
    /// Starts the program with these descriptors, which stay the caller's, and waits until it is at work. Throws
    /// WorkerError; std::system_error where there are no descriptors or threads.
    WorkerProcess(const WorkerProgram &program, int ring, int phases, int wake);
    /// Kills it where it has not ended.
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess &) = delete;
    WorkerProcess &operator=(const WorkerProcess &) = delete;

    pid_t pid() const { return pid_; }
    /// What it says of its engine.
    const std::string &engine() const { return engine_; }

    /// Returns at once; what a dead one is told is lost.
    void send(std::string order);
    /// Closes the channel behind what was sent, which ends it.
    void finish();
    void kill();
    /// Waits for its end. False where the time is not enough.
    bool awaitEnd(std::chrono::milliseconds time);
    /// How it ended, in words; waits for that.
    std::string ending();

  private:
    void start(const WorkerProgram &program, int channel, int ring, int phases, int wake);
    void greet(const std::string &program);
    void run();
    bool reap(bool wait);

    pid_t pid_ = -1;
    int channel_ = -1;
    std::string engine_;

    std::mutex queueMutex_; // guards the three below
    std::condition_variable queueChange_;
    std::deque<std::string> queue_;
    bool finished_ = false;

    std::mutex endMutex_; // guards the two below: a number that was waited for may be another process's
    bool reaped_ = false;
    int status_ = 0;

    std::thread sender_;
};

} // namespace rtms

#endif
