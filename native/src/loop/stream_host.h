#ifndef RTMS_LOOP_STREAM_HOST_H
#define RTMS_LOOP_STREAM_HOST_H

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "loop/record.h"
#include "loop/stream_state.h"

namespace rtms {

class LocalLoop;

/// What an engine knows of the loop around one of its streams: the way to write records and to tell how far an attempt
/// has come.
///
/// Threads: the loop's, unless said otherwise.
class StreamHost {
  public:
    enum class Level : std::int32_t { error = 1, warn = 2, info = 3, debug = 4, trace = 5 };

    StreamHost(LocalLoop &loop, std::shared_ptr<StreamState> state) : loop_(loop), state_(std::move(state)) {}
    StreamHost(const StreamHost &) = delete;
    StreamHost &operator=(const StreamHost &) = delete;

    std::int64_t handle() const { return state_->handle(); }
    StreamState &state() { return *state_; }

    /// Lines above this level are not written, by any stream; 0: none is. From any thread, as the next.
    static void setLogLevel(Level most);
    static Level logLevel();
    static bool logs(Level level);

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
    LocalLoop &loop_;
    const std::shared_ptr<StreamState> state_;
};

} // namespace rtms

#endif
