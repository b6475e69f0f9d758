#include "zoom/attempt.h"

#include <exception>
#include <utility>

#include "engine/media_type.h"
#include "engine/signature.h"
#include "rtms.h"
#include "zoom/zoom_engine.h"

namespace rtms::zoom {

namespace {

/// What is waited for on_leave() after leave(); the built-in engine waits as long.
constexpr std::chrono::seconds leaveTime{2};
/// The SDK's own time-out comes first.
constexpr std::chrono::seconds grace{2};
/// Of the protocol: what Zoom's SDK has no call for.
constexpr std::int32_t chatNotSupported = 13;
constexpr int notExist = 2;
constexpr std::int32_t participantJoin = 3;
constexpr std::int32_t participantLeave = 4;
constexpr std::int32_t videoOn = 8;
constexpr std::int32_t videoOff = 9;

} // namespace

Attempt::Attempt(ZoomEngine &engine, std::shared_ptr<StreamHost> host, StreamOptions options,
                 std::shared_ptr<VideoSubscription> video, Reading reading)
    : engine_(engine), host_(std::move(host)), options_(std::move(options)), video_(std::move(video)),
      servers_(parseServerList(options_.serverUrls)), parameters_(options_.mediaParams), reading_(reading),
      events_(options_.events) {}

Attempt::~Attempt() { release(); }

void Attempt::start() {
    try {
        engine_.prepare(options_);
        open(servers_.at(nextServer_++).text);
    } catch (const Ending &ending) {
        end(ending);
    } catch (const std::exception &exception) {
        end({RTMS_E_RESOURCES, 0, exception.what()});
    }
}

void Attempt::check(const char *call, int code) {
    if (code != 0) {
        throw Ending{errorOf(code), 0, describe(call, code)};
    }
}

/// For what an attempt goes on without.
void Attempt::warn(const char *call, int code) {
    if (code != 0) {
        host_->log(StreamHost::Level::warn, describe(call, code));
    }
}

void Attempt::open(const std::string &server) {
    sdk_ = provider().create_sdk();
    if (sdk_ == nullptr) {
        throw Ending{RTMS_E_RESOURCES, 0, "Zoom's SDK gives no handle"};
    }
    sink_ = std::make_unique<Sink>(*this);
    foreignCalls_ = 0;
    // In this order: config() before open() hangs.
    check("open", sdk_->open(sink_.get()));
    check("config", sdk_->config(parameters_.get(), options_.mediaTypes & ~media_type::chat, 0, 0));
    if (!options_.proxy.empty()) {
        check("set_proxy", sdk_->set_proxy("http", options_.proxy));
    }
    const std::string signature = signatureOf(options_);
    const auto timeout = options_.connectTimeout + options_.handshakeTimeout;
    deadline_ = Clock::now() + timeout + grace;
    check("join", sdk_->join(options_.id.c_str(), options_.streamId.c_str(), signature.c_str(), server.c_str(),
                             static_cast<int>(timeout.count())));
}

/// Gives the handle back. The SDK has forgotten one whose meeting is over: that is a success.
void Attempt::release() {
    if (sdk_ == nullptr) {
        return;
    }
    sink_->detach();
    const int code = provider().release_sdk(std::exchange(sdk_, nullptr));
    warn("release_sdk", code == notExist ? 0 : code);
    ZoomEngine::retire(std::move(sink_));
}

void Attempt::poll() {
    if (over_) {
        return;
    }
    if (sdk_ != nullptr && !ending_) {
        const int code = sdk_->poll();
        if (code != 0 && code != notExist && !ending_) {
            end({errorOf(code), 0, describe("poll", code)});
        }
        if (joined_ && !subscribed_ && !ending_) {
            subscribeAll();
        }
        for (const EventText &typed : typed_.take()) {
            write(typed);
        }
        if (const std::uint64_t foreign = sink_->foreignCalls(); foreign != std::exchange(foreignCalls_, foreign)) {
            host_->log(StreamHost::Level::error, "Zoom's SDK calls on a thread of its own; that is not understood");
        }
    }
    if (drops_.isDue()) {
        drops_.tell(*host_);
    }
    if (Clock::now() >= deadline_ && !ending_) {
        end(leaving_ ? Ending{RTMS_OK, 0, "left, without a confirmation"}
                     : Ending{RTMS_E_TIMEOUT, 0, "Zoom's SDK did not confirm the join"});
    }
    if (ending_) {
        finish();
    }
}

void Attempt::finish() {
    release();
    const bool tryNext = !joined_ && !leaving_ && ending_->code != RTMS_OK && ending_->code != RTMS_E_STOPPED &&
                         ending_->code != RTMS_E_INVALID_ARGUMENT && nextServer_ < servers_.size();
    if (tryNext) {
        host_->log(StreamHost::Level::debug, "next server, as: " + ending_->reason);
        ending_.reset();
        start();
        return;
    }
    drops_.tell(*host_);
    over_ = true;
    video_->videoLost();
    video_->signalingLost();
    host_->disconnected(ending_->code, ending_->detail, ending_->reason);
}

void Attempt::end(Ending ending) {
    if (!ending_) {
        ending_ = std::move(ending);
    }
}

void Attempt::leave() {
    if (sdk_ == nullptr || ending_) {
        end({RTMS_OK, 0, "closed before the handshake was complete"});
        return;
    }
    if (std::exchange(leaving_, true)) {
        return;
    }
    const int code = sdk_->leave(0);
    if (code != 0 || !joined_) {
        end({RTMS_OK, 0, code == 0 || code == notExist ? "left" : describe("leave", code)});
    }
    deadline_ = Clock::now() + leaveTime;
}

void Attempt::close(const Farewell &farewell) { end({farewell.code, 0, farewell.reason}); }

void Attempt::joinConfirmed(int reason) {
    heard_ = Clock::now();
    if (ending_ || joined_ || leaving_) {
        return;
    }
    if (reason == 0) {
        becomeJoined();
    } else { // what the numbers mean is not public: any of them is worth another attempt
        end({RTMS_E_CONNECT, reason, "Zoom's SDK: the join was confirmed with " + std::to_string(reason)});
    }
}

void Attempt::becomeJoined() {
    joined_ = true;
    deadline_ = Clock::time_point::max();
    host_->signalingReady();
    std::int32_t ready = 0;
    for (const std::int32_t type : media_type::single) {
        if (!options_.wants(type)) {
            continue;
        }
        const bool isChat = type == media_type::chat;
        Record record;
        record.kind = isChat ? RTMS_KIND_MEDIA_REFUSED : RTMS_KIND_MEDIA_READY;
        record.code = type;
        record.detail = isChat ? chatNotSupported : 0;
        record.payload = isChat ? "Zoom's SDK delivers no chat" : "";
        host_->write(record);
        ready |= isChat ? 0 : type;
    }
    host_->joined(ready);
}

/// After the poll that confirmed the join: the SDK is not called from within its own call.
void Attempt::subscribeAll() {
    subscribed_ = true;
    if (!events_.empty()) {
        std::vector<int> types(events_.begin(), events_.end());
        warn("subscribe_event", sdk_->subscribe_event(types.data(), static_cast<int>(types.size())));
    }
    send(video_->videoReady());
}

void Attempt::left(int reason) {
    heard_ = Clock::now();
    if (leaving_) {
        end({RTMS_OK, 0, "left"});
    } else {
        end({RTMS_E_CLOSED, reason, "Zoom's SDK left the stream: " + std::to_string(reason)});
    }
}

void Attempt::subscribe(std::int32_t eventType, bool on) {
    const bool changed = on ? events_.insert(eventType).second : events_.erase(eventType) != 0;
    if (!changed || !subscribed_ || sdk_ == nullptr) {
        return; // after the join's confirmation, with the others
    }
    int type = eventType;
    if (on) {
        warn("subscribe_event", sdk_->subscribe_event(&type, 1));
    } else {
        warn("unsubscribe_event", sdk_->unsubscribe_event(&type, 1));
    }
}

void Attempt::subscribeVideo(std::int64_t userId, bool on) { send(video_->ask(userId, on)); }

void Attempt::send(const std::optional<VideoSubscription::Request> &request) {
    if (!request || sdk_ == nullptr) {
        return;
    }
    const int code = sdk_->send_subscript_video(static_cast<int>(request->userId), request->on);
    if (code != 0) {
        videoAnswered(static_cast<int>(request->userId), code, describe("send_subscript_video", code));
    }
}

void Attempt::videoAnswered(int user, int status, const std::string &error) {
    heard_ = Clock::now();
    video_->answered(user, status);
    const std::string reason = excerpt(error);
    Record record;
    record.kind = RTMS_KIND_VIDEO_SUBSCRIPTION;
    record.userId = user;
    record.detail = status;
    record.timestamp = unixMilliseconds();
    record.payload = reason;
    host_->write(record);
}

std::chrono::milliseconds Attempt::silence() const {
    return joined_ && !over_ ? std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - heard_)
                             : std::chrono::milliseconds{0};
}

/// The SDK cannot be told to wait. Words wait in memory, as signaling does; sound and pictures do not.
bool Attempt::mayTake(std::uint16_t kind) const {
    return kind == RTMS_KIND_TRANSCRIPT ? reading_ != Reading::nothing && host_->signalingMayFlow()
                                        : reading_ == Reading::all && host_->mediaMayFlow();
}

void Attempt::media(std::uint16_t kind, std::string_view bytes, std::uint64_t timestamp,
                    const rtms_metadata *metadata) {
    heard_ = Clock::now();
    engine_.mediaCame();
    if (!joined_) {
        return;
    }
    Record record;
    record.kind = kind;
    record.timestamp = static_cast<std::int64_t>(timestamp);
    if (!mayTake(kind)) {
        drops_.add(kind, bytes.size(), record.timestamp);
        return;
    }
    record.arrival = monotonicNanos();
    record.code = kind == RTMS_KIND_TRANSCRIPT ? -1 : 0;
    record.payload = bytes;
    std::string interpreter;
    if (metadata != nullptr) {
        record.userId = numberOf(metadata->user_id);
        record.name = textOf(metadata->user_name);
        if (kind == RTMS_KIND_TRANSCRIPT) {
            record.start = numberOf(metadata->start_ts);
            record.end = numberOf(metadata->end_ts);
        }
        interpreter = interpreterJson(*metadata);
    }
    if (drops_.has(kind)) {
        drops_.tell(*host_);
    }
    host_->write(record);
    if (!interpreter.empty()) {
        record.code = kind - RTMS_KIND_AUDIO + 23; // of the metadata's message
        record.kind = RTMS_KIND_METADATA;
        record.payload = interpreter;
        host_->write(record);
    }
}

void Attempt::sessionChanged(int operation, const session_info &info) {
    heard_ = Clock::now();
    const std::int32_t state = sessionState(operation);
    if (state < 0) {
        return;
    }
    const std::string_view session = textOf(info.session_id);
    Record record;
    record.kind = RTMS_KIND_SESSION_STATE;
    record.code = state;
    record.timestamp = numberOf(info.stat_time);
    record.payload = session.size() <= maximalSessionId ? session : std::string_view();
    host_->write(record);
}

void Attempt::userChanged(int operation, const participant_info &info) {
    heard_ = Clock::now();
    const std::int32_t type = operation == 0 ? participantJoin : participantLeave;
    if (operation == 0 || operation == 1) {
        const auto name = operation == 0 ? textOf(info.participant_name) : std::string_view();
        typed_.wait(participantsEvent(type, {numberOf(info.participant_id)}, name, unixMilliseconds()));
    }
}

void Attempt::videoChanged(const std::vector<int> &users, bool on) {
    heard_ = Clock::now();
    typed_.wait(participantsEvent(on ? videoOn : videoOff, {users.begin(), users.end()}, "", unixMilliseconds()));
}

void Attempt::event(const std::string &json) {
    heard_ = Clock::now();
    const auto read = readEvent(json);
    if (!read) {
        host_->log(StreamHost::Level::warn, "Zoom's SDK: an event that is none");
        return;
    }
    typed_.seen(read->type);
    write(*read);
}

void Attempt::write(const EventText &event) {
    Record record;
    record.kind = RTMS_KIND_EVENT;
    record.code = event.type;
    record.timestamp = event.timestamp;
    record.userId = event.userId;
    record.name = event.name;
    record.payload = event.json;
    host_->write(record);
}

} // namespace rtms::zoom
