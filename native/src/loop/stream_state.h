#ifndef RTMS_LOOP_STREAM_STATE_H
#define RTMS_LOOP_STREAM_STATE_H

#include <cstdint>
#include <mutex>
#include <set>
#include <string>

#include "loop/stream_options.h"

namespace rtms {

/// How far a stream's attempt has come: one number that callers and the loop's thread both see, and that may lie in
/// memory which two processes share. It names the stream too, so that a late word about a forgotten one changes nothing
/// for the next in its place.
///
/// Threads: any.
class PhaseWord {
  public:
    enum class Phase : std::uint8_t {
        idle,
        joining,
        signaling,
        joined,
        ended, // DISCONNECTED is on its way into the ring; a join may begin
    };

    /// word: a zeroed number, aligned to its size, that outlives this.
    PhaseWord(std::uint64_t &word, std::int64_t stream) : word_(word), stream_(stream) {}

    /// From now on the word is this stream's, and idle.
    void take();
    Phase load() const;
    /// Does nothing where the word is another stream's by now.
    void store(Phase phase);
    /// False where the phase is not the expected one.
    bool exchange(Phase expected, Phase phase);

  private:
    std::uint64_t with(Phase phase) const;

    std::uint64_t &word_;
    std::int64_t stream_;
};

/// What callers know and say of a stream: its options, the events asked for, its phase.
///
/// Threads: any.
class StreamState {
  public:
    using Phase = PhaseWord::Phase;

    explicit StreamState(std::int64_t handle) : handle_(handle), phase_(own_, handle) { phase_.take(); }
    /// word: see PhaseWord; take() is the caller's.
    StreamState(std::int64_t handle, std::uint64_t &word) : handle_(handle), phase_(word, handle) {}
    StreamState(const StreamState &) = delete;
    StreamState &operator=(const StreamState &) = delete;

    std::int64_t handle() const { return handle_; }

    std::int32_t setString(std::int32_t option, const std::string &value);
    std::int32_t setInt(std::int32_t option, std::int64_t value);
    /// RTMS_E_STATE where more types would be asked for than are kept.
    std::int32_t subscribe(std::int32_t eventType, bool on);
    StreamOptions options() const;
    std::set<std::int32_t> events() const;

    /// Claims the stream for an attempt; false where one runs already. release() gives it back where the attempt cannot
    /// be started.
    bool claim();
    void release() { phase_.store(Phase::idle); }
    bool running() const;
    bool hasSignaling() const;
    bool isJoined() const { return phase_.load() == Phase::joined; }
    /// Whether an accepted join's DISCONNECTED has not been seen in the ring yet.
    bool owesEnd() const { return phase_.load() != Phase::idle; }

    /// By the loop's thread, as things happen.
    void setPhase(Phase phase) { phase_.store(phase); }
    /// DISCONNECTED is in the ring.
    void endIsWritten() { phase_.exchange(Phase::ended, Phase::idle); }

  private:
    const std::int64_t handle_;
    std::uint64_t own_ = 0;
    PhaseWord phase_;
    mutable std::mutex mutex_;
    StreamOptions options_;
};

} // namespace rtms

#endif
