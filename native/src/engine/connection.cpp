#include "engine/connection.h"

#include <cerrno>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/websocket/error.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include "engine/message_parser.h"
#include "engine/tunnel.h"
#include "loop/record.h"
#include "rtms.h"

namespace rtms {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::chrono::milliseconds closeTime{1000};
/// The same where what has come is still being read.
constexpr std::chrono::milliseconds closeBound{5000};
constexpr std::chrono::milliseconds closeStep{50};
constexpr std::chrono::milliseconds shortestShare{1500};
/// Answers that a peer has not read. One that floods us with requests and reads nothing is not served for ever.
constexpr std::size_t maximalOutgoing = 1024;
/// The buffer's room beyond a message: simdjson's padding and what Beast reads ahead.
constexpr std::size_t bufferSlack = 65536;

/// Opens a socket that child processes do not inherit, which Asio's own way would not.
error_code openSocket(asio::ip::tcp::socket &socket, const asio::ip::tcp &protocol) {
    const int descriptor = ::socket(protocol.family(), SOCK_STREAM | SOCK_CLOEXEC, protocol.protocol());
    if (descriptor < 0) {
        return {errno, boost::system::system_category()};
    }
    error_code error;
    socket.assign(protocol, descriptor, error);
    if (error) {
        ::close(descriptor);
    }
    return error;
}

std::string inMilliseconds(std::chrono::milliseconds time) { return std::to_string(time.count()) + " ms"; }

} // namespace

Connection::Connection(asio::io_context &context, TlsClient tls, std::optional<Proxy> proxy,
                       std::size_t maxMessageBytes)
    : context_(context), tls_(std::move(tls)), proxy_(std::move(proxy)), maxMessageBytes_(maxMessageBytes),
      resolver_(context), buffer_(maxMessageBytes + bufferSlack), limit_(context), addressLimit_(context),
      silence_(context), change_(context, asio::steady_timer::time_point::max()) {}

asio::awaitable<void> Connection::open(std::vector<Url> servers, std::chrono::milliseconds timeout) {
    Ending failure{RTMS_E_CONNECT, 0, "there is no server to connect to"};
    std::string earlier;
    for (const Url &url : servers) {
        bool failed = false;
        try {
            peer_ = url.authority();
            const std::string way = proxy_ ? " through " + firstHop() : "";
            limit(timeout,
                  {RTMS_E_TIMEOUT, 0, "no connection to " + peer_ + way + " within " + inMilliseconds(timeout)});
            co_await openAt(url);
        } catch (const Ending &ending) {
            failed = true;
            failure = ending;
        }
        if (!failed) {
            unlimit();
            isOpen_ = true;
            co_return;
        }
        if (cancelled_) {
            break;
        }
        ended_.reset(); // only this server is given up
        failure.reason = earlier + failure.reason;
        earlier = failure.reason + "; ";
    }
    end(failure);
    throw failure;
}

asio::awaitable<void> Connection::openAt(Url url) {
    socket_ = createWebSocket(context_, url, tls_, maxMessageBytes_, [this] { peerIsClosing(); });
    if (proxy_) {
        co_await connect(proxy_->host, proxy_->port);
        co_await tunnel();
    } else {
        co_await connect(url.host, url.port);
    }
    co_await secure();
    co_await upgrade();
}

/// Whom TCP connects to, for people.
std::string Connection::firstHop() const { return proxy_ ? "proxy " + proxy_->authority() : peer_; }

asio::awaitable<void> Connection::connect(std::string host, std::uint16_t port) {
    const Resolver::Result found = co_await resolver_.resolve(host, port);
    throwIfEnding();
    if (found.endpoints.empty()) {
        throw Ending{proxy_ ? RTMS_E_PROXY : RTMS_E_RESOLVE, 0,
                     (proxy_ ? "proxy " : "host ") + host + " cannot be resolved: " + found.error};
    }
    error_code error;
    std::size_t left = found.endpoints.size();
    for (const auto &endpoint : found.endpoints) {
        error = co_await connectTo(endpoint, shareOfOne(left--));
        throwIfEnding();
        if (!error) {
            error_code ignored;
            socket_->socket().set_option(asio::ip::tcp::no_delay(true), ignored);
            co_return;
        }
    }
    const bool exhausted = error == asio::error::no_descriptors || error == asio::error::no_memory;
    const std::int32_t unreachable = proxy_ ? RTMS_E_PROXY : RTMS_E_CONNECT;
    throw Ending{exhausted ? RTMS_E_RESOURCES : unreachable, 0,
                 "cannot connect to " + firstHop() + ": " + error.message()};
}

/// Until when one of so many addresses may be tried: an equal part of the time that the server has left, so that an
/// address that does not answer hides no other, but long enough for TCP to ask a second time (after 1 s, RFC 6298). The
/// last one is bounded by the server's time alone.
Connection::Clock::time_point Connection::shareOfOne(std::size_t addresses) const {
    const auto now = Clock::now();
    return addresses == 1 ? Clock::time_point::max()
                          : now + std::max<Clock::duration>(
                                      (limit_.expiry() - now) / static_cast<Clock::rep>(addresses), shortestShare);
}

asio::awaitable<error_code> Connection::connectTo(asio::ip::tcp::endpoint endpoint, Clock::time_point deadline) {
    error_code error;
    socket_->socket().close(error);
    error = openSocket(socket_->socket(), endpoint.protocol());
    if (error) {
        co_return error;
    }
    addressLimit_.expires_at(deadline);
    addressLimit_.async_wait([weak = weak_from_this(), number = ++addressNumber_](error_code cancelled) {
        const auto self = weak.lock();
        if (!cancelled && self && self->addressNumber_ == number) {
            error_code ignored;
            self->socket_->socket().close(ignored);
        }
    });
    co_await socket_->socket().async_connect(endpoint, asio::redirect_error(asio::use_awaitable, error));
    ++addressNumber_;
    addressLimit_.cancel();
    co_return socket_->socket().is_open() ? error : error_code(asio::error::timed_out);
}

asio::awaitable<void> Connection::tunnel() {
    const std::optional<Ending> failure = co_await openTunnel(socket_->socket(), *proxy_, peer_);
    throwIfEnding();
    if (failure) {
        throw *failure;
    }
}

asio::awaitable<void> Connection::secure() {
    const error_code error = co_await socket_->secure();
    throwIfEnding();
    if (error) {
        const std::string complaint = socket_->certificateComplaint();
        throw Ending{RTMS_E_TLS, 0,
                     complaint.empty() ? "TLS handshake with " + peer_ + " failed: " + error.message()
                                       : "certificate of " + peer_ + " is not accepted: " + complaint};
    }
}

asio::awaitable<void> Connection::upgrade() {
    unsigned httpStatus = 0;
    const error_code error = co_await socket_->upgrade(httpStatus);
    throwIfEnding();
    if (error) {
        const std::string status = httpStatus == 0 ? "" : " (HTTP status " + std::to_string(httpStatus) + ")";
        throw Ending{RTMS_E_UPGRADE, static_cast<std::int32_t>(httpStatus),
                     peer_ + " did not accept the WebSocket upgrade: " + error.message() + status};
    }
}

void Connection::throwIfEnding() const {
    if (ended_) {
        throw *ended_;
    }
    if (closing_ && !following_) {
        throw *closing_;
    }
}

asio::awaitable<std::string_view> Connection::read() {
    throwIfEnding();
    buffer_.consume(buffer_.size());
    const error_code error = co_await socket_->read(buffer_);
    throwIfEnding();
    if (error) {
        const Ending ending = closing_ ? *closing_ : endingOfRead(error, socket_->closeCode(), peer_);
        end(ending);
        throw ending;
    }
    arrival_ = monotonicNanos();
    lastLife_ = Clock::now();
    buffer_.prepare(MessageParser::padding);
    co_return std::string_view(static_cast<const char *>(buffer_.data().data()), buffer_.size());
}

asio::awaitable<void> Connection::until(std::function<bool()> condition) {
    while (!ended_ && (!closing_ || following_) && !condition()) {
        reading_ = false;
        error_code cancelled;
        co_await change_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
    if (!reading_) {
        reading_ = true;
        lastLife_ = Clock::now();
    }
    throwIfEnding();
}

asio::awaitable<void> Connection::follow(std::function<bool()> mayRead, std::function<void(std::string_view)> handle) {
    following_ = true;
    try {
        for (;;) {
            if (!mayRead()) {
                co_await until(mayRead);
            }
            handle(co_await read());
        }
    } catch (...) {
        following_ = false;
        throw;
    }
}

bool Connection::hasUnread() const {
    error_code closed;
    return isOpen_ && !ended_ && socket_->socket().available(closed) > 0;
}

void Connection::notify() { change_.cancel(); }

void Connection::send(std::string text) {
    if (ended_ || closing_) {
        return;
    }
    outgoing_.push_back(std::move(text));
    if (outgoing_.size() == 1) {
        writeNext();
    } else if (outgoing_.size() > maximalOutgoing) {
        end({RTMS_E_PROTOCOL, 0, peer_ + " does not read the answers to its requests"});
    }
}

void Connection::writeNext() {
    socket_->write(outgoing_.front(), [self = shared_from_this()](error_code error) {
        if (error) {
            return; // reading tells what happened
        }
        self->outgoing_.pop_front();
        if (!self->outgoing_.empty() && !self->ended_) {
            self->writeNext();
        }
    });
}

void Connection::limit(std::chrono::milliseconds time, Ending ending) {
    if (ended_ || closing_) {
        return;
    }
    limit_.expires_after(time);
    limit_.async_wait([weak = weak_from_this(), number = ++limitNumber_, ending = std::move(ending)](error_code error) {
        const auto self = weak.lock();
        if (!error && self && self->limitNumber_ == number) {
            self->finish(ending);
        }
    });
}

void Connection::unlimit() {
    ++limitNumber_;
    limit_.cancel();
}

void Connection::limitSilence(std::chrono::milliseconds time, Ending ending) {
    silenceTime_ = time;
    silenceEnding_ = std::move(ending);
    lastLife_ = Clock::now();
    watchSilence();
}

std::chrono::milliseconds Connection::silentFor() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - lastLife_);
}

std::chrono::milliseconds Connection::silence() const {
    const bool counts = silenceTime_.count() != 0 && reading_ && !closing_ && !ended_;
    return counts ? silentFor() : std::chrono::milliseconds{0};
}

void Connection::watchSilence() {
    silence_.expires_at((reading_ ? lastLife_ : Clock::now()) + silenceTime_);
    silence_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (error || !self || self->ended_) {
            return;
        }
        if (self->reading_ && Clock::now() - self->lastLife_ >= self->silenceTime_) {
            self->end(self->silenceEnding_);
        } else {
            self->watchSilence();
        }
    });
}

void Connection::peerIsClosing() {
    // Our close frame may be stuck behind what the peer does not read: it is not waited for longer than our own
    // closing.
    limit(closeTime, endingOfRead(boost::beast::websocket::error::closed, socket_->closeCode(), peer_));
}

void Connection::close(Ending ending) {
    if (!isOpen_) { // also where a server's time is over already: the next one must not be tried
        end(std::move(ending));
        return;
    }
    if (ended_ || closing_) {
        return;
    }
    closing_ = std::move(ending);
    closingBound_ = Clock::now() + closeBound;
    ++limitNumber_;
    limit_.expires_after(closeTime);
    limitClosing();
    notify();
    if (following_) {
        socket_->sayGoodbye();
    } else {
        socket_->close([self = shared_from_this()] { self->end(*self->closing_); });
    }
}

/// Ends when the peer has been waited for long enough and, within a bound, nothing that it has sent waits.
void Connection::limitClosing() {
    limit_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (error || !self || self->ended_) {
            return;
        }
        if (self->following_ && self->reading_ && self->hasUnread() && Clock::now() < self->closingBound_) {
            self->limit_.expires_after(closeStep);
            self->limitClosing();
        } else {
            self->end(*self->closing_);
        }
    });
}

void Connection::end(Ending ending) {
    cancelled_ = true;
    finish(std::move(ending));
}

void Connection::finish(Ending ending) {
    if (ended_) {
        return;
    }
    ended_ = std::move(ending);
    resolver_.cancel();
    silence_.cancel();
    unlimit();
    if (socket_) {
        error_code ignored;
        socket_->socket().close(ignored);
        asio::post(context_, [socket = socket_] { socket->abandon(); }); // later: our caller counts on nothing to go on
    }
    notify();
}

asio::awaitable<void> Connection::finished() {
    while (!ended_) {
        error_code cancelled;
        co_await change_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

} // namespace rtms
