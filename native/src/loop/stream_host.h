#ifndef RTMS_LOOP_STREAM_HOST_H
#define RTMS_LOOP_STREAM_HOST_H

#include <cstdint>
#include <mutex>
#include <set>
#include <string_view>

#include "loop/record.h"
#include "loop/stream_options.h"

namespace rtms {

class Loop;

/// The loop's side of one stream: its options and phase for the callers' threads, and for the engine the way to write
/// records.
class StreamHost {
  public:
    enum class Level : std::int32_t { error = 1, warn = 2, info = 3, debug = 4, trace = 5 };

    StreamHost(Loop &loop, std::int64_t handle) : loop_(loop), handle_(handle) {}
    StreamHost(const StreamHost &) = delete;
    StreamHost &operator=(const StreamHost &) = delete;

    std::int64_t handle() const { return handle_; }

    /// Lines above this level are not written, by any stream; 0: none is.
    static void setLogLevel(Level most);
    static bool logs(Level level);

    // ---- From any thread ----

    std::int32_t setString(std::int32_t option, const std::string &value);
    std::int32_t setInt(std::int32_t option, std::int64_t value);
    /// RTMS_E_STATE where more types would be asked for than are kept.
    std::int32_t subscribe(std::int32_t eventType, bool on);
    StreamOptions options() const;
    std::set<std::int32_t> events() const;

    /// Claims the stream for an attempt; false where one runs already. release() gives it back where the attempt cannot
    /// be started.
    bool claim();
    void release();
    bool running() const;
    bool hasSignaling() const;
    bool isJoined() const;

    // ---- From the loop's thread, by the engine ----

    /// Writes a record of this stream; the field `stream` is filled in, `arrival` where it is 0.
    void write(Record record);
    /// As Outbox::begin(), commit() and discard().
    std::uint8_t *begin(Record record, std::size_t payloadBytes);
    void commit();
    void discard();

    void log(Level level, std::string_view text);

    /// The signaling handshake has succeeded.
    void signalingReady();
    /// Every requested medium was answered, or no more answers can come: writes JOINED.
    void joined(std::int32_t mediaTypes);
    /// The attempt is over and all its sockets are closed: writes DISCONNECTED, after which a new join is accepted.
    void disconnected(std::int32_t code, std::int32_t detail, std::string_view reason);

    /// False while the ring is full: then a socket must not be read.
    bool mediaMayFlow() const;
    bool signalingMayFlow() const;

  private:
    enum class Phase { idle, joining, signaling, joined };

    void setPhase(Phase phase);

    Loop &loop_;
    const std::int64_t handle_;
    mutable std::mutex mutex_; // guards the two below
    StreamOptions options_;
    Phase phase_ = Phase::idle;
};

} // namespace rtms

#endif
