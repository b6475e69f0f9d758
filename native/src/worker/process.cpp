#include "worker/process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worker/wire.h"

namespace rtms {

namespace {

/// From exec to the first word: mostly the loading of libraries.
constexpr std::chrono::seconds startLimit{15};

[[noreturn]] void fail(const char *what) { throw std::system_error(errno, std::system_category(), what); }

/// A descriptor, closed when this dies.
class Closing {
  public:
    explicit Closing(int descriptor) : descriptor_(descriptor) {}
    ~Closing() { close(); }
    Closing(const Closing &) = delete;
    Closing &operator=(const Closing &) = delete;

    int get() const { return descriptor_; }
    int take() { return std::exchange(descriptor_, -1); }
    void close() {
        if (descriptor_ >= 0) {
            ::close(take());
        }
    }

  private:
    int descriptor_;
};

/// A copy behind all numbers that a worker's descriptors get, so that giving one its number overwrites no other.
Closing outOfTheWay(int descriptor) {
    const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, WorkerDescriptors::wake + 1);
    if (copy < 0) {
        fail("descriptors");
    }
    return Closing(copy);
}

/// What posix_spawn() is to do in the child before the program begins.
class SpawnPlan {
  public:
    SpawnPlan() {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &all);
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        ::posix_spawnattr_setflags(&attributes_,
                                   POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnPlan() {
        ::posix_spawn_file_actions_destroy(&actions_);
        ::posix_spawnattr_destroy(&attributes_);
    }
    SpawnPlan(const SpawnPlan &) = delete;
    SpawnPlan &operator=(const SpawnPlan &) = delete;

    void give(const Closing &descriptor, int number) {
        ::posix_spawn_file_actions_adddup2(&actions_, descriptor.get(), number);
    }
    void closeFrom(int number) { ::posix_spawn_file_actions_addclosefrom_np(&actions_, number); }
    const posix_spawn_file_actions_t *actions() const { return &actions_; }
    const posix_spawnattr_t *attributes() const { return &attributes_; }

  private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

bool becomesReadable(int descriptor, std::chrono::milliseconds time) {
    pollfd wanted{descriptor, POLLIN, 0};
    int ready = 0;
    while ((ready = ::poll(&wanted, 1, static_cast<int>(time.count()))) < 0 && errno == EINTR) {
    }
    return ready > 0;
}

} // namespace

WorkerProcess::WorkerProcess(const WorkerProgram &program, int ring, int phases, int wake) {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
        fail("socketpair");
    }
    Closing ours(pair[0]);
    Closing theirs(pair[1]);
    start(program, theirs.get(), ring, phases, wake);
    theirs.close(); // so that the channel ends with the worker
    channel_ = ours.take();
    try {
        greet(program.program);
        sender_ = std::thread([this] { run(); });
    } catch (...) {
        kill();
        reap(true);
        ::close(channel_);
        throw;
    }
}

void WorkerProcess::start(const WorkerProgram &program, int channel, int ring, int phases, int wake) {
    const Closing channelCopy = outOfTheWay(channel);
    const Closing ringCopy = outOfTheWay(ring);
    const Closing phasesCopy = outOfTheWay(phases);
    const Closing wakeCopy = outOfTheWay(wake);
    SpawnPlan plan;
    plan.give(channelCopy, WorkerDescriptors::channel);
    plan.give(ringCopy, WorkerDescriptors::ring);
    plan.give(phasesCopy, WorkerDescriptors::phases);
    plan.give(wakeCopy, WorkerDescriptors::wake);
    plan.closeFrom(WorkerDescriptors::wake + 1);

    std::string path = program.program;
    std::string library = program.library;
    std::string name = program.name;
    const std::array<char *, 4> arguments{path.data(), library.data(), name.data(), nullptr};
    const int error =
        ::posix_spawn(&pid_, path.c_str(), plan.actions(), plan.attributes(), arguments.data(), ::environ);
    if (error != 0) {
        throw WorkerError(path + ": " + std::strerror(error));
    }
}

void WorkerProcess::greet(const std::string &program) {
    std::optional<std::string> word;
    if (becomesReadable(channel_, startLimit)) {
        word = receiveMessage(channel_);
    }
    if (!word) {
        throw WorkerError(program + " does not start");
    }
    engine_ = std::move(*word);
}

WorkerProcess::~WorkerProcess() {
    kill();
    finish();
    sender_.join();
    reap(true);
    ::close(channel_);
}

void WorkerProcess::send(std::string order) {
    {
        const std::scoped_lock lock(queueMutex_);
        queue_.push_back(std::move(order));
    }
    queueChange_.notify_one();
}

void WorkerProcess::finish() {
    {
        const std::scoped_lock lock(queueMutex_);
        finished_ = true;
    }
    queueChange_.notify_one();
}

void WorkerProcess::run() {
    std::unique_lock lock(queueMutex_);
    for (;;) {
        queueChange_.wait(lock, [this] { return finished_ || !queue_.empty(); });
        if (queue_.empty()) {
            break;
        }
        const std::string order = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        sendMessage(channel_, order); // to a dead one it fails at once
        lock.lock();
    }
    ::shutdown(channel_, SHUT_RDWR);
}

void WorkerProcess::kill() {
    const std::scoped_lock lock(endMutex_);
    if (!reaped_) {
        ::kill(pid_, SIGKILL);
    }
}

bool WorkerProcess::reap(bool wait) {
    const std::scoped_lock lock(endMutex_);
    while (!reaped_) {
        const pid_t ended = ::waitpid(pid_, &status_, wait ? 0 : WNOHANG);
        if (ended == pid_ || (ended < 0 && errno == ECHILD)) {
            reaped_ = true;
        } else if (ended == 0) {
            return false;
        }
    }
    return true;
}

bool WorkerProcess::awaitEnd(std::chrono::milliseconds time) {
    if (reap(false)) {
        return true;
    }
    // The header that declares pidfd_open() cannot be used from C++ in Debian 12.
    const Closing watch(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
    if (watch.get() >= 0) {
        becomesReadable(watch.get(), time);
    }
    return reap(false);
}

std::string WorkerProcess::ending() {
    reap(true);
    if (WIFSIGNALED(status_)) {
        return "the worker process was ended by signal " + std::to_string(WTERMSIG(status_));
    }
    return "the worker process ended with status " + std::to_string(WEXITSTATUS(status_));
}

} // namespace rtms
