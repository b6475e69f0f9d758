#ifndef RTMS_ENGINE_CONNECTION_H
#define RTMS_ENGINE_CONNECTION_H

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "engine/ending.h"
#include "engine/proxy.h"
#include "engine/resolver.h"
#include "engine/websocket.h"

namespace rtms {

/// One WebSocket's life: opened at the first server of a list that answers, read message by message, ended exactly
/// once. Whatever ends it (the peer, a time-out, a caller), everybody who waits for it gets the same Ending thrown.
///
/// Threads: the loop's. One coroutine opens and reads.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    /// Without a proxy, straight to the servers.
    Connection(boost::asio::io_context &context, std::shared_ptr<LoopResources> resources, TlsClient tls,
               std::optional<Proxy> proxy, std::size_t maxMessageBytes);

    /// Resolve, TCP, proxy, TLS, upgrade; `timeout` for each server, which its addresses share. Throws the last
    /// server's Ending where none can be had.
    boost::asio::awaitable<void> open(std::vector<Url> servers, std::chrono::milliseconds timeout);

    /// The next message; it lives until the next call or until the caller waits for anything, and
    /// MessageParser::padding bytes behind it can be read.
    boost::asio::awaitable<std::string_view> read();
    /// When that message had been read: nanoseconds of CLOCK_MONOTONIC.
    std::int64_t arrival() const { return arrival_; }

    /// Waits without reading; notify() has the condition looked at again. The silence limit rests meanwhile.
    boost::asio::awaitable<void> until(std::function<bool()> condition);
    void notify();

    /// Reads whenever the condition allows it, and passes each message on, until the connection ends; close() lets it
    /// go on with what the peer has sent before it hears of that. Throws the Ending, or what `handle` throws.
    boost::asio::awaitable<void> follow(std::function<bool()> mayRead, std::function<void(std::string_view)> handle);
    /// Whether bytes have come that are not read yet.
    bool hasUnread() const;

    /// Queues a message; nothing after close().
    void send(std::string text);

    /// Ends the connection in this way if nothing else has done so by then; replaces an earlier limit.
    void limit(std::chrono::milliseconds time, Ending ending);
    void unlimit();
    /// Ends the connection where no message comes for this time while it is read.
    void limitSilence(std::chrono::milliseconds time, Ending ending);
    /// Since the last message, or since reading began again.
    std::chrono::milliseconds silentFor() const;
    /// The same, for a connection that is read and whose silence is limited; else 0.
    std::chrono::milliseconds silence() const;

    /// Says goodbye with a close frame and ends within a second, or some more where follow() has much to read; at once
    /// where the connection is not open yet.
    void close(Ending ending);
    /// Ends at once.
    void end(Ending ending);

    /// Until the socket is closed.
    boost::asio::awaitable<void> finished();

    /// host:port for people.
    const std::string &peer() const { return peer_; }

  private:
    using Clock = std::chrono::steady_clock;

    boost::asio::awaitable<void> openAt(Url url);
    boost::asio::awaitable<void> connect(std::string host, std::uint16_t port);
    boost::asio::awaitable<boost::system::error_code> connectTo(boost::asio::ip::tcp::endpoint endpoint,
                                                                Clock::time_point deadline);
    Clock::time_point shareOfOne(std::size_t addresses) const;
    boost::asio::awaitable<void> tunnel();
    boost::asio::awaitable<void> secure();
    boost::asio::awaitable<void> upgrade();
    std::string firstHop() const;
    void throwIfEnding() const;
    std::optional<std::string_view> nextMessage();
    boost::asio::awaitable<void> readMore();
    boost::asio::awaitable<void> awaitGoodbye();
    void peerIsClosing();
    void watchSilence();
    void limitClosing();
    void finish(Ending ending);

    boost::asio::io_context &context_;
    const std::shared_ptr<LoopResources> resources_;
    const TlsClient tls_;
    const std::optional<Proxy> proxy_;
    const std::size_t maxMessageBytes_;
    std::string peer_;

    Resolver resolver_;
    std::shared_ptr<WebSocket> socket_;
    Clock::time_point filled_; // when bytes were read last
    std::int64_t arrival_ = 0;
    bool isOpen_ = false;

    boost::asio::steady_timer limit_;
    std::uint64_t limitNumber_ = 0;          // tells a timer that fired from the one that replaced it
    boost::asio::steady_timer addressLimit_; // ends the try of one of the server's addresses
    std::uint64_t addressNumber_ = 0;        // as limitNumber_
    boost::asio::steady_timer silence_;
    std::chrono::milliseconds silenceTime_{0};
    Ending silenceEnding_;
    Clock::time_point lastLife_;
    bool reading_ = true;
    bool following_ = false;

    boost::asio::steady_timer change_; // cancelled to wake up those who wait for one of the following
    std::optional<Ending> closing_;
    Clock::time_point closingBound_;
    std::optional<Ending> ended_;
    bool cancelled_ = false; // ended by a caller: the list's other servers are not tried
};

} // namespace rtms

#endif
