#ifndef RTMS_ENGINE_SIGNALING_SESSION_H
#define RTMS_ENGINE_SIGNALING_SESSION_H

#include <cstdint>
#include <memory>
#include <set>

#include <boost/asio/awaitable.hpp>

#include "engine/connection.h"
#include "engine/media_servers.h"
#include "engine/session_context.h"

namespace rtms {

/// The signaling socket of one attempt (rtms-protocol.md section 4): handshake, subscriptions, readiness, events and
/// states, close.
///
/// Threads: the loop's. Coroutines throw the Ending.
class SignalingSession {
  public:
    explicit SignalingSession(std::shared_ptr<const SessionContext> context);

    /// Connects and exchanges messages 1 and 2.
    boost::asio::awaitable<MediaServers> open();

    /// Reads until the socket's end, which it throws; after message 22 with RTMS_OK.
    boost::asio::awaitable<void> run();

    /// Message 5.
    void subscribe(const std::set<std::int32_t> &eventTypes, bool on);
    /// Message 7: one medium is ready to receive.
    void clientReady();
    /// Message 21: run() then ends with RTMS_OK, whatever the server does.
    void requestClose();

    Connection &connection() { return *connection_; }

  private:
    boost::asio::awaitable<message::SignalingAnswer> answer();
    boost::asio::awaitable<void> readAll();
    void handle(const Message &received);
    void write(const message::Event &event);
    void write(const message::StateUpdate &update);

    std::shared_ptr<const SessionContext> context_;
    std::shared_ptr<Connection> connection_;
    bool leaving_ = false;
};

} // namespace rtms

#endif
