// How a Connection is opened.

#include "engine/connection.h"

#include <algorithm>
#include <cerrno>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include "engine/tunnel.h"
#include "rtms.h"

namespace rtms {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// What each of a server's addresses gets at least.
constexpr std::chrono::milliseconds shortestShare{1500};

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
    socket_ =
        std::make_shared<WebSocket>(context_, url, tls_, maxMessageBytes_, resources_, [this] { peerIsClosing(); });
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
    if (const error_code refused = socket_->adopt()) {
        throw Ending{RTMS_E_RESOURCES, 0, "the socket to " + peer_ + " cannot be waited for: " + refused.message()};
    }
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
    filled_ = Clock::now(); // messages may have come along with the answer
    if (error) {
        const std::string status = httpStatus == 0 ? "" : " (HTTP status " + std::to_string(httpStatus) + ")";
        throw Ending{RTMS_E_UPGRADE, static_cast<std::int32_t>(httpStatus),
                     peer_ + " did not accept the WebSocket upgrade: " + error.message() + status};
    }
}

} // namespace rtms
