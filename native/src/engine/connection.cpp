#include "engine/connection.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/websocket/error.hpp>

#include "rtms.h"

namespace rtms {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::chrono::milliseconds closeTime{1000};
/// The same where what has come is still being read.
constexpr std::chrono::milliseconds closeBound{5000};
constexpr std::chrono::milliseconds closeStep{50};
/// A peer that has been silent for so long by then has nothing more to say.
constexpr std::chrono::milliseconds closeSilence{200};
/// Answers that a peer has not read. One that floods us with requests and reads nothing is not served for ever.
constexpr std::size_t maximalOutgoing = 1024;

} // namespace

Connection::Connection(asio::io_context &context, std::shared_ptr<LoopResources> resources, TlsClient tls,
                       std::optional<Proxy> proxy, std::size_t maxMessageBytes)
    : context_(context), resources_(std::move(resources)), tls_(std::move(tls)), proxy_(std::move(proxy)),
      maxMessageBytes_(maxMessageBytes), resolver_(context), limit_(context), addressLimit_(context), silence_(context),
      change_(context, asio::steady_timer::time_point::max()) {}

void Connection::throwIfEnding() const {
    if (ended_) {
        throw *ended_;
    }
    if (closing_ && !following_) {
        throw *closing_;
    }
}

asio::awaitable<std::string_view> Connection::read() {
    for (;;) {
        if (const auto text = nextMessage()) {
            co_return *text;
        }
        co_await readMore();
    }
}

/// Of what has been read; nothing where more must be.
std::optional<std::string_view> Connection::nextMessage() {
    throwIfEnding();
    const auto text = socket_->next();
    if (text) {
        arrival_ = std::chrono::duration_cast<std::chrono::nanoseconds>(filled_.time_since_epoch()).count();
        lastLife_ = std::max(lastLife_, filled_);
    } else if (socket_->error()) {
        const Ending ending = closing_ ? *closing_ : endingOfRead(socket_->error(), socket_->closeCode(), peer_);
        end(ending);
        throw ending;
    }
    return text;
}

asio::awaitable<void> Connection::readMore() {
    co_await socket_->ready();
    throwIfEnding();
    socket_->fill();
    filled_ = Clock::now();
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
        filled_ = lastLife_;
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
            auto text = nextMessage();
            while (!text) { // a reading that has begun ends with a message
                co_await readMore();
                text = nextMessage();
            }
            handle(*text);
        }
    } catch (...) {
        following_ = false;
        throw;
    }
}

bool Connection::hasUnread() const { return isOpen_ && !ended_ && socket_->hasUnread(); }

void Connection::notify() { change_.cancel(); }

void Connection::send(std::string text) {
    if (ended_ || closing_) {
        return;
    }
    socket_->write(text);
    if (socket_->unsent() > maximalOutgoing) {
        end({RTMS_E_PROTOCOL, 0, peer_ + " does not read the answers to its requests"});
    }
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
    socket_->sayGoodbye();
    if (!following_) {
        asio::co_spawn(context_, awaitGoodbye(), [self = shared_from_this()](const std::exception_ptr &thrown) {
            if (thrown) {
                self->end(*self->closing_);
            }
        });
    }
}

/// Reads and forgets until the peer's close frame.
asio::awaitable<void> Connection::awaitGoodbye() {
    while (!ended_) {
        while (socket_->next()) {
        }
        if (socket_->error()) {
            end(*closing_);
            co_return;
        }
        co_await socket_->ready();
        if (!ended_) {
            socket_->fill();
        }
    }
}

/// Ends when the peer has been waited for long enough and, within a bound, nothing that it has sent waits or just came.
void Connection::limitClosing() {
    limit_.async_wait([weak = weak_from_this()](error_code error) {
        const auto self = weak.lock();
        if (error || !self || self->ended_) {
            return;
        }
        const auto now = Clock::now();
        const bool goesOn = self->hasUnread() || now - self->filled_ < closeSilence;
        if (self->following_ && self->reading_ && goesOn && now < self->closingBound_) {
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
        socket_->flush(); // what was said before is sent
        socket_->shut();
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
