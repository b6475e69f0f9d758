#include "engine/signaling_session.h"

#include <utility>

#include "engine/outgoing.h"
#include "loop/record.h"
#include "rtms.h"

namespace rtms {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds leaveTime{2000};
/// The answer to a handshake and the confirmation of leaving are waited for also where nothing should be read, so what
/// a server may send before them has a bound of its own.
constexpr std::size_t maximalOutOfTurn = 1U << 20;
/// State of a stream that is over (rtms-protocol.md section 10.6).
constexpr std::int32_t terminated = 4;
constexpr const char *unconfirmed = "left; the server did not confirm it";

/// Events 5 and 6, for which an app needs another scope.
bool isSharing(std::int32_t eventType) { return eventType == 5 || eventType == 6; }

} // namespace

SignalingSession::SignalingSession(std::shared_ptr<const SessionContext> context,
                                   std::shared_ptr<VideoSubscription> video)
    : context_(std::move(context)), video_(std::move(video)),
      connection_(std::make_shared<Connection>(context_->io, context_->resources, context_->tls, context_->proxy,
                                               context_->options.maxMessageBytes)),
      allowance_(maximalOutOfTurn) {}

asio::awaitable<MediaServers> SignalingSession::open() {
    const StreamOptions &options = context_->options;
    video_->signalingLost(); // that of the attempt before
    std::vector<Url> servers = parseServerList(options.serverUrls);
    co_await connection_->open(std::move(servers), options.connectTimeout);
    connection_->limit(
        options.handshakeTimeout,
        {RTMS_E_TIMEOUT, 0, "signaling server " + connection_->peer() + " did not answer the handshake"});
    connection_->send(outgoing::signalingHandshake(options, context_->signature));
    const message::SignalingAnswer received = co_await answer();
    if (received.status != 0) {
        throw Ending{RTMS_E_STATUS, received.status,
                     "signaling handshake was refused with status " + std::to_string(received.status) + ": " +
                         excerpt(received.reason)};
    }
    connection_->unlimit();
    connection_->limitSilence(options.keepAliveTimeout,
                              {RTMS_E_KEEP_ALIVE, 0, "signaling server " + connection_->peer() + " fell silent"});
    MediaServers mediaServers;
    for (const auto &[key, urls] : received.servers) {
        mediaServers.add(key, urls);
    }
    co_return mediaServers;
}

/// Message 2, whatever comes before it.
asio::awaitable<message::SignalingAnswer> SignalingSession::answer() {
    for (;;) {
        const std::string_view text = co_await connection_->read();
        Message received = context_->parser->parse(text, 0);
        if (const auto *found = std::get_if<message::SignalingAnswer>(&received)) {
            co_return *found;
        }
        spend(text.size());
        handle(received);
    }
}

void SignalingSession::spend(std::size_t bytes) {
    if (bytes > allowance_) {
        throw Ending{RTMS_E_PROTOCOL, 0,
                     "signaling server " + connection_->peer() + " sent too much other than the answer that was due"};
    }
    allowance_ -= bytes;
}

asio::awaitable<void> SignalingSession::run() {
    try {
        co_await readAll();
    } catch (...) {
        if (leaving_) {
            throw Ending{RTMS_OK, 0, unconfirmed};
        }
        throw;
    }
    throw Ending{RTMS_OK, 0, "left"};
}

/// Until message 22, where it was asked for.
asio::awaitable<void> SignalingSession::readAll() {
    const auto inTurn = [this] { return !resting_ && context_->host->signalingMayFlow(); };
    const std::function<bool()> mayRead = [this, inTurn] { return leaving_ || inTurn(); };
    for (;;) {
        if (!mayRead()) {
            co_await connection_->until(mayRead);
        }
        const bool outOfTurn = !inTurn();
        const std::string_view text = co_await connection_->read();
        const Message received = context_->parser->parse(text, 0);
        if (leaving_ && std::holds_alternative<message::CloseAnswer>(received)) {
            connection_->close({RTMS_OK, 0, "left"});
            co_return;
        }
        if (outOfTurn) {
            spend(text.size());
        }
        handle(received);
    }
}

void SignalingSession::handle(const Message &received) {
    if (const auto *request = std::get_if<message::KeepAlive>(&received)) {
        connection_->send(outgoing::keepAlive(request->timestamp));
    } else if (const auto *event = std::get_if<message::Event>(&received)) {
        write(*event);
    } else if (const auto *update = std::get_if<message::StateUpdate>(&received)) {
        write(*update);
    } else if (const auto *state = std::get_if<message::StateAnswer>(&received)) {
        write(*state);
    } else if (const auto *video = std::get_if<message::VideoAnswer>(&received)) {
        video_->answered(video->userId, video->status);
        write(*video);
    }
}

void SignalingSession::write(const message::Event &event) {
    Record record;
    record.kind = RTMS_KIND_EVENT;
    record.arrival = connection_->arrival();
    record.code = event.type;
    record.timestamp = event.timestamp;
    record.userId = event.userId;
    record.name = event.name;
    record.payload = event.json;
    context_->host->write(record);
}

void SignalingSession::write(const message::StateUpdate &update) {
    terminated_ |= !update.isSession && update.state == terminated;
    Record record;
    record.kind = update.isSession ? RTMS_KIND_SESSION_STATE : RTMS_KIND_STREAM_STATE;
    record.arrival = connection_->arrival();
    record.code = update.state;
    record.detail = update.reason;
    record.timestamp = update.timestamp;
    record.payload = update.sessionId;
    context_->host->write(record);
}

void SignalingSession::write(const message::StateAnswer &answer) {
    Record record;
    record.kind = answer.isSession ? RTMS_KIND_SESSION_STATE_ANSWER : RTMS_KIND_STREAM_STATE_ANSWER;
    record.arrival = connection_->arrival();
    record.code = answer.state;
    record.detail = answer.status;
    record.timestamp = answer.timestamp;
    record.payload = answer.sessionId;
    context_->host->write(record);
}

void SignalingSession::write(const message::VideoAnswer &answer) {
    const std::string reason = excerpt(answer.reason);
    Record record;
    record.kind = RTMS_KIND_VIDEO_SUBSCRIPTION;
    record.arrival = connection_->arrival();
    record.userId = answer.userId.value_or(0);
    record.detail = answer.status;
    record.timestamp = answer.timestamp;
    record.payload = reason;
    context_->host->write(record);
}

void SignalingSession::subscribe(const std::set<std::int32_t> &eventTypes, bool on) {
    std::set<std::int32_t> sharing;
    std::set<std::int32_t> others;
    for (const std::int32_t type : eventTypes) {
        (isSharing(type) ? sharing : others).insert(type);
    }
    for (const auto &types : {others, sharing}) {
        if (!types.empty()) {
            connection_->send(outgoing::eventSubscription(types, on));
        }
    }
}

void SignalingSession::subscribeVideo(std::int64_t userId, bool on) { send(video_->ask(userId, on)); }

void SignalingSession::videoReady() { send(video_->videoReady()); }

void SignalingSession::send(const std::optional<VideoSubscription::Request> &request) {
    if (request) {
        connection_->send(outgoing::videoSubscription(request->userId, request->on, unixMilliseconds()));
    }
}

void SignalingSession::queryStreamState() { connection_->send(outgoing::streamStateQuery(context_->options.streamId)); }

void SignalingSession::querySessionState(const std::string &sessionId) {
    connection_->send(outgoing::sessionStateQuery(sessionId));
}

void SignalingSession::clientReady() { connection_->send(outgoing::clientReady(context_->options.streamId)); }

void SignalingSession::rest(bool resting) {
    resting_ = resting;
    connection_->notify();
}

void SignalingSession::requestClose() {
    leaving_ = true;
    allowance_ = maximalOutOfTurn;
    connection_->send(outgoing::closeRequest(context_->options.streamId));
    connection_->limit(leaveTime, {RTMS_OK, 0, unconfirmed});
    connection_->notify();
}

} // namespace rtms
