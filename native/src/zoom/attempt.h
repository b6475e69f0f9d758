#ifndef RTMS_ZOOM_ATTEMPT_H
#define RTMS_ZOOM_ATTEMPT_H

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/ending.h"
#include "engine/url.h"
#include "engine/video_subscription.h"
#include "loop/engine.h"
#include "loop/stream_host.h"
#include "zoom/events.h"
#include "zoom/frame_drops.h"
#include "zoom/parameters.h"
#include "zoom/sink.h"

namespace rtms::zoom {

class ZoomEngine;

/// One attempt of a stream by a handle of Zoom's SDK, from create_sdk() to release_sdk(); by one after the other where
/// there are several servers. What the SDK calls only notes an end: handles are given back between polls.
///
/// Threads: the loop's.
class Attempt : public Listener {
  public:
    Attempt(ZoomEngine &engine, std::shared_ptr<StreamHost> host, StreamOptions options,
            std::shared_ptr<VideoSubscription> video, Reading reading);
    ~Attempt() override;
    Attempt(const Attempt &) = delete;
    Attempt &operator=(const Attempt &) = delete;

    /// Joins; an error is told by the next poll().
    void start();
    /// Gives the SDK its turn, and ends what is to end.
    void poll();
    bool isOver() const { return over_; }

    void leave();
    void close(const Farewell &farewell);
    void subscribe(std::int32_t eventType, bool on);
    void subscribeVideo(std::int64_t userId, bool on);
    void pause(Reading reading) { reading_ = reading; }
    std::chrono::milliseconds silence() const;

    void joinConfirmed(int reason) override;
    void left(int reason) override;
    void sessionChanged(int operation, const session_info &info) override;
    void userChanged(int operation, const participant_info &info) override;
    void media(std::uint16_t kind, std::string_view bytes, std::uint64_t timestamp,
               const rtms_metadata *metadata) override;
    void event(const std::string &json) override;
    void videoChanged(const std::vector<int> &users, bool on) override;
    void videoAnswered(int user, int status, const std::string &error) override;

  private:
    using Clock = std::chrono::steady_clock;

    void open(const std::string &server);
    void release();
    void finish();
    void end(Ending ending);
    void becomeJoined();
    void subscribeAll();
    void send(const std::optional<VideoSubscription::Request> &request);
    bool mayTake(std::uint16_t kind) const;
    void write(const EventText &event);
    void check(const char *call, int code);
    void warn(const char *call, int code);

    ZoomEngine &engine_;
    const std::shared_ptr<StreamHost> host_;
    const StreamOptions options_;
    const std::shared_ptr<VideoSubscription> video_;
    const std::vector<Url> servers_;
    std::size_t nextServer_ = 0;
    Parameters parameters_;
    Reading reading_;
    std::set<std::int32_t> events_;

    rtms_sdk *sdk_ = nullptr;
    std::unique_ptr<Sink> sink_;
    std::uint64_t foreignCalls_ = 0; // that were told of
    Clock::time_point deadline_ = Clock::time_point::max();
    Clock::time_point heard_ = Clock::now();
    bool joined_ = false;
    bool subscribed_ = false; // to what was asked for before the join's confirmation
    bool leaving_ = false;
    bool over_ = false;
    std::optional<Ending> ending_;
    TypedEvents typed_;
    FrameDrops drops_;
};

} // namespace rtms::zoom

#endif
