#ifndef RTMS_LOOP_ENGINE_H
#define RTMS_LOOP_ENGINE_H

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "loop/stream_options.h"
#include "rtms.h"

namespace rtms {

class StreamHost;

/// How a stream is to end: what its DISCONNECTED record will say, and whether the peers are told by a close frame
/// first.
struct Farewell {
    std::int32_t code = 0; // RTMS_OK or RTMS_E_*
    std::string reason;
    bool polite = true; // false: no network operation may be waited for
};

/// Which sockets of a stream are read, beyond their handshakes.
enum class Reading : std::int32_t {
    all = RTMS_READ_ALL,
    signaling = RTMS_READ_SIGNALING,
    nothing = RTMS_READ_NOTHING,
};

/// One stream of an engine. It reports to the StreamHost that it was made with.
///
/// Threads: the loop's only. Nothing here throws or waits.
class Stream {
  public:
    virtual ~Stream() = default;

    /// Starts an attempt. The host has made sure that none runs.
    virtual void join(StreamOptions options) = 0;
    /// The following do nothing where no attempt runs.
    virtual void joinMedia() = 0;
    /// Ends the media sockets on which nothing has come for this time.
    virtual void renewMedia(std::chrono::milliseconds silence) = 0;
    virtual void leave() = 0;
    virtual void close(Farewell farewell) = 0;
    virtual void queryStreamState() = 0;
    virtual void querySessionState(const std::string &sessionId) = 0;

    virtual void subscribe(std::int32_t eventType, bool on) = 0;
    /// As rtms_stream_subscribe_video(); the wish outlives attempts.
    virtual void subscribeVideo(std::int64_t userId, bool on) = 0;
    /// Holds for later attempts too.
    virtual void pause(Reading reading) = 0;

    /// How long that socket has brought no message which has been silent longest, of those that are read and whose
    /// handshake is over; 0 where there is none.
    virtual std::chrono::milliseconds silence() const = 0;

    /// The ring has room again: StreamHost::mediaMayFlow() or signalingMayFlow() may have become true.
    virtual void resumeReading() = 0;
};

/// What turns network traffic into records: the built-in engine, or Zoom's own SDK. Each loop has one.
class Engine {
  public:
    virtual ~Engine() = default;

    virtual std::shared_ptr<Stream> createStream(std::shared_ptr<StreamHost> host) = 0;

    /// As rtms_loop_set_tls(). Called from any thread.
    virtual std::int32_t setTls(const std::string &caFile, bool verify) = 0;
};

/// The engine that is linked into this library.
std::unique_ptr<Engine> createEngine(boost::asio::io_context &context);

/// Name and version of that engine; static text.
const char *engineVersion();

/// RTMS_E_INVALID_ARGUMENT where no engine has a use for this value of RTMS_STRING_*. From any thread.
std::int32_t checkString(std::int32_t option, const std::string &value);

/// RTMS_E_INVALID_ARGUMENT where no engine could join with these options. From any thread.
std::int32_t checkOptions(const StreamOptions &options);

} // namespace rtms

#endif
