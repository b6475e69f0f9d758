#ifndef RTMS_ENGINE_SIGNALING_SESSION_H
#define RTMS_ENGINE_SIGNALING_SESSION_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "engine/connection.h"
#include "engine/media_servers.h"
#include "engine/session_context.h"
#include "engine/video_subscription.h"

namespace rtms {

/// The signaling socket of one attempt (rtms-protocol.md section 4): handshake, subscriptions, readiness, events and
/// states, close.
///
/// Threads: the loop's. Coroutines throw the Ending.
class SignalingSession {
  public:
    SignalingSession(std::shared_ptr<const SessionContext> context, std::shared_ptr<VideoSubscription> video);

    /// Connects and exchanges messages 1 and 2.
    boost::asio::awaitable<MediaServers> open();

    /// Reads until the socket's end, which it throws; after message 22 with RTMS_OK.
    boost::asio::awaitable<void> run();

    /// Message 5; one for the events of sharing, one for the others.
    void subscribe(const std::set<std::int32_t> &eventTypes, bool on);
    /// Message 7: one medium is ready to receive.
    void clientReady();
    /// Message 28, if it is time for it.
    void subscribeVideo(std::int64_t userId, bool on);
    void videoReady();
    void videoLost() { video_->videoLost(); }
    /// After the handshake, nothing is read while the session rests and does not leave.
    void rest(bool resting);
    /// Messages 19 and 10.
    void queryStreamState();
    void querySessionState(const std::string &sessionId);
    /// Message 21: run() then ends with RTMS_OK, whatever the server does.
    void requestClose();

    /// Whether the server has said that the stream is over.
    bool isTerminated() const { return terminated_; }

    Connection &connection() { return *connection_; }

  private:
    boost::asio::awaitable<message::SignalingAnswer> answer();
    boost::asio::awaitable<void> readAll();
    void spend(std::size_t bytes);
    void handle(const Message &received);
    void write(const message::Event &event);
    void write(const message::StateUpdate &update);
    void write(const message::StateAnswer &answer);
    void write(const message::VideoAnswer &answer);
    void send(const std::optional<VideoSubscription::Request> &request);

    std::shared_ptr<const SessionContext> context_;
    std::shared_ptr<VideoSubscription> video_; // the stream's
    std::shared_ptr<Connection> connection_;
    bool leaving_ = false;
    bool resting_ = false;
    bool terminated_ = false;
    std::size_t allowance_; // bytes that may still be read out of turn
};

} // namespace rtms

#endif
