#ifndef RTMS_LOOP_LOOP_H
#define RTMS_LOOP_LOOP_H

#include <cstdint>
#include <memory>
#include <string>

#include <sys/types.h>

#include "loop/command.h"
#include "loop/memory.h"
#include "loop/stream_options.h"
#include "loop/stream_state.h"
#include "rtms.h"

namespace rtms {

/// A ring, an engine and its streams on a thread of their own, in this process or in another one. Commands are carried
/// out in the order in which they were given.
///
/// Threads: any. Functions that return a number return RTMS_OK, or RTMS_E_STOPPED once stop() was called: then nothing
/// that is asked for would be carried out.
class Loop {
  public:
    Loop() = default;
    virtual ~Loop() = default;
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    virtual const Memory &ring() const = 0;

    /// The state of a new stream, nullptr once stop() was called. Throws std::bad_alloc where there are too many.
    virtual std::shared_ptr<StreamState> createStream(std::int64_t handle) = 0;
    virtual std::int32_t post(std::int64_t stream, Command command) = 0;
    /// Starts an attempt; it ends with a DISCONNECTED, whatever happens. RTMS_E_STATE while one runs. The events asked
    /// for are the state's by then.
    virtual std::int32_t join(const std::shared_ptr<StreamState> &state, StreamOptions options) = 0;
    virtual void destroyStream(std::int64_t stream) = 0;

    /// As rtms_loop_set_tls(); the file has been looked at.
    virtual std::int32_t setTls(const std::string &caFile, bool verify) = 0;
    /// StreamHost::setLogLevel() was called.
    virtual void logLevelChanged() {}
    /// Has the loop's thread write a PULSE.
    virtual std::int32_t pulse() = 0;
    /// The reader made room.
    virtual void space() = 0;
    /// Ends all streams, then the thread, as soon as the reader has read or abandon() is called.
    virtual void stop() = 0;
    /// Stops at once, without the peers and the reader, and waits for the end of thread and process.
    virtual void abandon() = 0;

    /// What drives the streams: name and version.
    virtual std::string engine() const = 0;

    // ---- Of a loop in a process of its own; RTMS_E_STATE and 0 for any other ----

    virtual pid_t process() const { return 0; }
    virtual std::int32_t kill() { return RTMS_E_STATE; }
    virtual std::int32_t restart(const std::string & /*wakePath*/) { return RTMS_E_STATE; }
};

} // namespace rtms

#endif
