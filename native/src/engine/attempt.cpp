#include "engine/attempt.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engine/media_type.h"
#include "rtms.h"

namespace rtms {

namespace {

namespace asio = boost::asio;

using Clock = asio::steady_timer::clock_type;

/// What media sockets are read for after signaling has closed. Time in which they cannot be read, or in which more has
/// come than was read, does not count, and all of it is bounded.
constexpr std::chrono::milliseconds drainTime{1000};
/// The same where the server has said that the stream is over: nobody waits to connect again, and the host closes when
/// it has waited long enough.
constexpr std::chrono::milliseconds lastDrainTime{10'000};
constexpr std::chrono::milliseconds drainBound{30'000};
constexpr std::chrono::milliseconds drainStep{50};

/// The present exception as an ending.
Ending endingOfException() {
    try {
        throw;
    } catch (const Ending &ending) {
        return ending;
    } catch (const MalformedMessage &malformed) {
        return {RTMS_E_PROTOCOL, 0, malformed.what()};
    } catch (const std::exception &exception) {
        return {RTMS_E_RESOURCES, 0, exception.what()};
    }
}

/// Statuses 9 to 13 refuse one medium and say nothing about the others.
bool refusesOnlyTheMedium(const Ending &ending) {
    return ending.code == RTMS_E_STATUS && ending.detail >= 9 && ending.detail <= 13;
}

} // namespace

Attempt::Attempt(std::shared_ptr<const SessionContext> context, std::shared_ptr<VideoSubscription> video,
                 Reading reading)
    : context_(std::move(context)), signaling_(context_, std::move(video)), events_(context_->options.events),
      mediaChange_(context_->io, asio::steady_timer::time_point::max()), reading_(reading) {
    rest();
}

void Attempt::start(std::function<void()> onEnded) {
    asio::co_spawn(context_->io, run(), [self = shared_from_this(), onEnded = std::move(onEnded)](std::exception_ptr) {
        onEnded();
        const Ending verdict = self->verdict_.value_or(Ending{RTMS_E_RESOURCES, 0, "out of memory"});
        self->context_->host->disconnected(verdict.code, verdict.detail, verdict.reason);
    });
}

asio::awaitable<void> Attempt::run() {
    Ending ending;
    try {
        co_await follow();
    } catch (...) {
        ending = endingOfException();
    }
    if (!verdict_) {
        verdict_ = ending;
        if (ending.code == RTMS_E_CLOSED && readyTypes_ != 0) {
            co_await drainMedia();
        }
    }
    context_->host->log(StreamHost::Level::debug, "signaling ended: " + verdict_->reason);
    co_await closeAll();
}

/// The server has closed signaling, as it does at a stream's end: what it sent on the media sockets before is still
/// taken in, until they end too or the time is up.
asio::awaitable<void> Attempt::drainMedia() {
    ending_ = true;
    draining_ = true;
    if (joined_) {
        rest();
    } else { // another medium still shakes hands; those that are ready have not been read yet
        becomeJoined();
    }
    const auto last = Clock::now() + drainBound;
    const auto patience = signaling_.isTerminated() ? lastDrainTime : drainTime;
    Clock::duration spent{0};
    while (!media_.empty() && spent < patience && Clock::now() < last) {
        const auto begin = Clock::now();
        const bool flowed = mediaFlow();
        mediaChange_.expires_after(drainStep);
        boost::system::error_code cancelled;
        co_await mediaChange_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
        if ((flowed || mediaFlow()) && !hasUnreadMedia()) {
            spent += Clock::now() - begin;
        }
    }
    mediaChange_.expires_at(asio::steady_timer::time_point::max());
}

bool Attempt::hasUnreadMedia() const {
    return std::any_of(media_.begin(), media_.end(),
                       [](const auto &medium) { return medium.second->connection().hasUnread(); });
}

asio::awaitable<void> Attempt::follow() {
    servers_ = co_await signaling_.open();
    context_->host->log(StreamHost::Level::debug, "signaling is open at " + signaling_.connection().peer());
    signalingReady_ = true;
    context_->host->signalingReady();
    signaling_.subscribe(events_, true);
    joinMedia();
    co_await signaling_.run();
}

asio::awaitable<void> Attempt::closeAll() {
    end(*verdict_, true);
    co_await signaling_.connection().finished();
    while (!media_.empty()) {
        boost::system::error_code cancelled;
        co_await mediaChange_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

asio::awaitable<void> Attempt::runMedium(std::int32_t mediaType, std::vector<Url> servers) {
    const std::shared_ptr<MediaSession> session = media_.at(mediaType);
    bool isReady = false;
    Ending ending;
    try {
        co_await session->open(std::move(servers));
        isReady = true;
        context_->host->log(StreamHost::Level::debug,
                            std::string(media_type::nameOf(mediaType)) + " is open at " + session->connection().peer());
        ready(mediaType);
        co_await session->run();
    } catch (...) {
        ending = endingOfException();
    }
    context_->host->log(StreamHost::Level::debug,
                        std::string(media_type::nameOf(mediaType)) + " ended: " + ending.reason);
    session->connection().close(ending);
    co_await session->connection().finished();
    media_.erase(mediaType);
    mediaChange_.cancel();
    if (!isReady && refusesOnlyTheMedium(ending)) {
        refused(mediaType, ending);
    } else {
        lost(mediaType, ending);
    }
    if (!isReady) {
        answered();
    }
}

/// Media types of the sockets that the options ask for.
std::vector<std::int32_t> Attempt::sockets() const {
    if (!context_->options.split) {
        return {media_type::all};
    }
    std::vector<std::int32_t> types;
    for (const std::int32_t type : media_type::single) {
        if (context_->options.wants(type)) {
            types.push_back(type);
        }
    }
    return types;
}

void Attempt::joinMedia() {
    if (!signalingReady_ || ending_) {
        return;
    }
    ++unanswered_; // the round stays open here: a medium may fail before it ever waits
    for (const std::int32_t type : sockets()) {
        if (!media_.contains(type)) {
            startMedium(type);
        }
    }
    answered();
}

void Attempt::startMedium(std::int32_t mediaType) {
    if (ending_) {
        return;
    }
    std::vector<Url> servers = servers_.find(mediaType, context_->options.idKey == "engagement_id");
    if (servers.empty()) {
        return; // for any medium: the round ends without one
    }
    ++unanswered_;
    const auto session = std::make_shared<MediaSession>(context_, mediaType);
    session->rest(mediaRest());
    media_.emplace(mediaType, session);
    asio::co_spawn(context_->io, runMedium(mediaType, std::move(servers)),
                   [self = shared_from_this()](std::exception_ptr) {});
}

bool Attempt::carriesVideo(std::int32_t mediaType) const {
    return mediaType == media_type::video ||
           (mediaType == media_type::all && context_->options.wants(media_type::video));
}

void Attempt::ready(std::int32_t mediaType) {
    readyTypes_ |= mediaType;
    signaling_.clientReady();
    if (carriesVideo(mediaType)) {
        signaling_.videoReady();
    }
    answered();
}

void Attempt::refused(std::int32_t mediaType, const Ending &ending) {
    if (ending_) {
        return;
    }
    Record record;
    record.kind = RTMS_KIND_MEDIA_REFUSED;
    record.code = mediaType;
    record.detail = ending.detail;
    record.payload = ending.reason;
    context_->host->write(record);
}

void Attempt::lost(std::int32_t mediaType, const Ending &ending) {
    readyTypes_ &= ~mediaType;
    if (carriesVideo(mediaType)) {
        signaling_.videoLost();
    }
    if (ending_) {
        return;
    }
    if (!firstLoss_) {
        firstLoss_ = ending;
    }
    const std::string extra = ending.detail == 0 ? "" : "{\"detail\":" + std::to_string(ending.detail) + "}";
    Record record;
    record.kind = RTMS_KIND_MEDIA_LOST;
    record.code = ending.code;
    record.detail = mediaType;
    record.payload = ending.reason;
    record.extra = extra;
    context_->host->write(record);
}

void Attempt::answered() {
    if (--unanswered_ == 0) {
        finishRound();
    }
}

void Attempt::finishRound() {
    if (ending_ || leaving_) {
        return;
    }
    if (readyTypes_ != 0) {
        becomeJoined();
    } else if (!joined_) {
        end(firstLoss_.value_or(Ending{RTMS_E_NO_MEDIA, 0, "the server offers none of the requested media"}), true);
    }
}

void Attempt::renewMedia(std::chrono::milliseconds silence) {
    for (const auto &[type, session] : media_) {
        session->renew(silence);
    }
}

void Attempt::becomeJoined() {
    joined_ = true;
    context_->host->joined(readyTypes_);
    rest();
}

void Attempt::leave() {
    if (draining_) { // signaling is closed: there is nobody to tell
        end(*verdict_, true);
        return;
    }
    if (ending_) {
        return;
    }
    if (!signalingReady_) {
        end({RTMS_OK, 0, "closed before the handshake was complete"}, true);
        return;
    }
    if (!std::exchange(leaving_, true)) {
        signaling_.requestClose();
    }
}

void Attempt::close(const Farewell &farewell) { end({farewell.code, 0, farewell.reason}, farewell.polite); }

void Attempt::end(Ending verdict, bool polite) {
    ending_ = true;
    if (!verdict_) {
        verdict_ = std::move(verdict);
    }
    if (polite && joined_) {
        draining_ = true;
        rest();
    }
    std::vector<Connection *> connections{&signaling_.connection()};
    for (const auto &[type, session] : media_) {
        connections.push_back(&session->connection());
    }
    for (Connection *connection : connections) {
        if (polite) {
            connection->close(*verdict_);
        } else {
            connection->end(*verdict_);
        }
    }
}

void Attempt::subscribe(std::int32_t eventType, bool on) {
    const bool changed = on ? events_.insert(eventType).second : events_.erase(eventType) != 0;
    if (changed && signalingReady_) {
        signaling_.subscribe({eventType}, on);
    }
}

void Attempt::subscribeVideo(std::int64_t userId, bool on) { signaling_.subscribeVideo(userId, on); }

void Attempt::queryStreamState() {
    if (signalingReady_) {
        signaling_.queryStreamState();
    }
}

void Attempt::querySessionState(const std::string &sessionId) {
    if (signalingReady_) {
        signaling_.querySessionState(sessionId);
    }
}

void Attempt::pause(Reading reading) {
    reading_ = reading;
    rest();
}

/// Words that the server sent before its end must not be lost because observers are behind at that moment: from then on
/// media rest only where nothing may be read.
bool Attempt::mediaRest() const {
    return !joined_ || reading_ == Reading::nothing || (reading_ == Reading::signaling && !draining_);
}

void Attempt::rest() {
    signaling_.rest(reading_ == Reading::nothing);
    for (const auto &[type, session] : media_) {
        session->rest(mediaRest());
    }
}

std::chrono::milliseconds Attempt::silence() {
    std::chrono::milliseconds longest = signaling_.connection().silence();
    for (const auto &[type, session] : media_) {
        longest = std::max(longest, session->connection().silence());
    }
    return longest;
}

void Attempt::resumeReading() {
    signaling_.connection().notify();
    for (const auto &[type, session] : media_) {
        session->connection().notify();
    }
}

} // namespace rtms
