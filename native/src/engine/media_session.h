#ifndef RTMS_ENGINE_MEDIA_SESSION_H
#define RTMS_ENGINE_MEDIA_SESSION_H

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "engine/connection.h"
#include "engine/session_context.h"

namespace rtms {

/// One media socket of an attempt (rtms-protocol.md section 5): handshake, then frames into the ring until its end. It
/// carries one medium, or all of them where its type is media_type::all.
///
/// Threads: the loop's. Coroutines throw the Ending.
class MediaSession {
  public:
    MediaSession(std::shared_ptr<const SessionContext> context, std::int32_t mediaType);

    /// Connects, exchanges messages 3 and 4, and writes MEDIA_READY. A refusal is an Ending with RTMS_E_STATUS.
    boost::asio::awaitable<void> open(std::vector<Url> servers);

    /// Reads frames until the socket's end.
    boost::asio::awaitable<void> run();

    /// After the handshake, nothing is read while the session rests.
    void rest(bool resting);

    /// Ends the socket where it is read and no message has come for this time.
    void renew(std::chrono::milliseconds silence);

    Connection &connection() { return *connection_; }

  private:
    bool mayRead() const;
    boost::asio::awaitable<void> answer();
    void accept(const message::MediaAnswer &received);
    void take(std::string_view text);
    void handle(const Message &received);
    bool write(const message::Media &media);
    void write(const message::Metadata &metadata);

    std::shared_ptr<const SessionContext> context_;
    const std::int32_t mediaType_;
    std::shared_ptr<Connection> connection_;
    bool resting_ = false;
    bool isReady_ = false; // the handshake is over
};

} // namespace rtms

#endif
