#ifndef RTMS_ENGINE_ATTEMPT_H
#define RTMS_ENGINE_ATTEMPT_H

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "engine/ending.h"
#include "engine/media_servers.h"
#include "engine/media_session.h"
#include "engine/session_context.h"
#include "engine/signaling_session.h"
#include "engine/video_subscription.h"
#include "loop/engine.h"

namespace rtms {

/// One attempt of a stream, from join to DISCONNECTED: the signaling session, and beside it one coroutine for each
/// media socket. The attempt lives as long as its signaling socket.
///
/// Threads: the loop's.
class Attempt : public std::enable_shared_from_this<Attempt> {
  public:
    Attempt(std::shared_ptr<const SessionContext> context, std::shared_ptr<VideoSubscription> video, Reading reading);

    /// Runs until the end and writes DISCONNECTED; calls onEnded before that.
    void start(std::function<void()> onEnded);

    void joinMedia();
    void renewMedia(std::chrono::milliseconds silence);
    void leave();
    void close(const Farewell &farewell);
    void subscribe(std::int32_t eventType, bool on);
    void subscribeVideo(std::int64_t userId, bool on);
    void queryStreamState();
    void querySessionState(const std::string &sessionId);
    void pause(Reading reading);
    std::chrono::milliseconds silence();
    void resumeReading();

  private:
    boost::asio::awaitable<void> run();
    boost::asio::awaitable<void> follow();
    boost::asio::awaitable<void> runMedium(std::int32_t mediaType, std::vector<Url> servers);
    boost::asio::awaitable<void> drainMedia();
    boost::asio::awaitable<void> closeAll();

    std::vector<std::int32_t> sockets() const;
    bool carriesVideo(std::int32_t mediaType) const;
    bool mediaRest() const;
    bool mediaFlow() const { return !mediaRest() && context_->host->mediaMayFlow(); }
    bool hasUnreadMedia() const;
    void rest();
    void startMedium(std::int32_t mediaType);
    void ready(std::int32_t mediaType);
    void refused(std::int32_t mediaType, const Ending &ending);
    void lost(std::int32_t mediaType, const Ending &ending);
    void answered();
    void finishRound();
    void becomeJoined();
    void end(Ending verdict, bool polite);

    std::shared_ptr<const SessionContext> context_;
    SignalingSession signaling_;
    std::set<std::int32_t> events_;
    MediaServers servers_;
    std::map<std::int32_t, std::shared_ptr<MediaSession>> media_; // those whose coroutine runs, by media type
    boost::asio::steady_timer mediaChange_;                       // cancelled when one of them has ended
    std::int32_t readyTypes_ = 0;
    std::size_t unanswered_ = 0; // media whose handshake is on its way
    std::optional<Ending> firstLoss_;
    Reading reading_;
    bool signalingReady_ = false;
    bool joined_ = false; // JOINED is written: from then on frames may be
    bool leaving_ = false;
    bool ending_ = false;
    bool draining_ = false;         // it ends, and what the media still have is taken in
    std::optional<Ending> verdict_; // what a caller or a refusal has decided, before the sockets knew
};

} // namespace rtms

#endif
