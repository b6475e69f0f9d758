#ifndef RTMS_WORKER_REMOTE_LOOP_H
#define RTMS_WORKER_REMOTE_LOOP_H

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "loop/loop.h"
#include "loop/wake_socket.h"
#include "worker/process.h"

namespace rtms {

/// A loop in a process of its own. The ring and the streams' phases lie in memory that both processes map; commands go
/// to the worker over a socket. What would be lost with a worker (its streams, the events asked for, pauses, wishes for
/// video, TLS) is kept here, and told to the next.
///
/// Threads: any.
class RemoteLoop : public Loop {
  public:
    /// Starts a worker and waits for its first word. ringBytes as LocalLoop's. Throws as Memory, WakeSocket and
    /// WorkerProcess do.
    RemoteLoop(WorkerProgram program, std::size_t ringBytes, const std::string &wakePath);
    ~RemoteLoop() override;

    const Memory &ring() const override { return ring_; }
    std::shared_ptr<StreamState> createStream(std::int64_t handle) override;
    std::int32_t post(std::int64_t stream, Command command) override;
    std::int32_t join(const std::shared_ptr<StreamState> &state, StreamOptions options) override;
    void destroyStream(std::int64_t stream) override;
    std::int32_t setTls(const std::string &caFile, bool verify) override;
    void logLevelChanged() override;
    std::int32_t pulse() override;
    void space() override;
    void stop() override;
    void abandon() override;
    std::string engine() const override;

    pid_t process() const override;
    /// Ends the worker as a crash would.
    std::int32_t kill() override;
    /// Ends the worker where it still runs, empties the ring, and starts another one, which ends the attempts that were
    /// lost. For the ring's reader.
    std::int32_t restart(const std::string &wakePath) override;

  private:
    struct Kept {
        std::shared_ptr<StreamState> state;
        std::size_t place; // of its phase
        std::int64_t reading = RTMS_READ_ALL;
        std::optional<std::int64_t> video{};
    };

    std::unique_ptr<WorkerProcess> spawn(const std::string &wakePath);
    std::uint64_t &phase(std::size_t place);
    std::int32_t order(std::string bytes);
    void send(std::string bytes);
    void keep(Kept &kept, const Command &command);
    void tell(const Kept &kept, const std::string &ending);

    const WorkerProgram program_;
    Memory ring_;
    Memory phases_;

    mutable std::mutex mutex_; // guards all below
    std::vector<std::size_t> freePlaces_;
    std::size_t usedPlaces_ = 0;
    std::map<std::int64_t, Kept> streams_;
    std::optional<std::string> tls_; // the order, once there was one
    bool accepting_ = true;
    std::unique_ptr<WorkerProcess> worker_; // none where another one could not be started
    std::string ending_;                    // of the last worker that has ended
};

} // namespace rtms

#endif
