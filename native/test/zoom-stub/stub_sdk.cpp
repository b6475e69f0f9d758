// A stand-in for Zoom's SDK: its interface, over the engine of this project, so that the same servers can be joined by
// both. It has the original's habits: nothing happens without poll(), a handle belongs to one thread, calls in the
// wrong order fail. What it does wrong on purpose stands in switches.h.

#include <array>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/media_type.h"
#include "loop/local_loop.h"
#include "rtms_sdk.h"
#include "switches.h"

std::string g_agent;

namespace zoom_stub {

namespace {

namespace json = boost::json;

constexpr int notExist = 2;
constexpr int invalidStatus = 4;
constexpr int invalidArguments = 5;
constexpr std::size_t ringBytes = 1U << 22;

std::string caFile;
bool verify = true;
bool ready = false;
std::atomic<int> joins{0};
/// What is to be called back when its handle is gone.
std::deque<std::function<void()>> lateCalls;

json::object toJson(const audio_parameters &audio) {
    return {{"content_type", audio.content_type}, {"codec", audio.codec},       {"sample_rate", audio.sample_rate},
            {"channel", audio.channel},           {"data_opt", audio.data_opt}, {"send_rate", audio.duration}};
}

json::object toJson(const video_parameters &video) {
    return {{"content_type", video.content_type},
            {"codec", video.codec},
            {"resolution", video.resolution},
            {"data_opt", video.data_opt},
            {"fps", video.fps}};
}

json::object toJson(const ds_parameters &share) {
    return {{"content_type", share.content_type},
            {"codec", share.codec},
            {"resolution", share.resolution},
            {"fps", share.fps}};
}

json::object toJson(const transcript_parameters &transcript) {
    return {{"content_type", transcript.content_type},
            {"src_language", transcript.src_language},
            {"enable_lid", transcript.enable_lid}};
}

std::string toJson(const media_parameters &media) {
    json::object all;
    if (media.audio_param != nullptr) {
        all["audio"] = toJson(*media.audio_param);
    }
    if (media.video_param != nullptr) {
        all["video"] = toJson(*media.video_param);
    }
    if (media.ds_param != nullptr) {
        all["deskshare"] = toJson(*media.ds_param);
    }
    if (media.tr_param != nullptr) {
        all["transcript"] = toJson(*media.tr_param);
    }
    return json::serialize(all);
}

/// The samples of 20 ms at the parameters' rate, as the original demands.
bool isConsistent(const audio_parameters &audio) {
    constexpr std::array<int, 4> rates{8000, 16'000, 32'000, 48'000};
    return audio.sample_rate >= 0 && audio.sample_rate < 4 &&
           audio.frame_size == rates.at(static_cast<std::size_t>(audio.sample_rate)) * audio.duration / 1000;
}

class StubSdk : public rtms_sdk {
  public:
    StubSdk() : loop_("zoom-stub", rtms::Ring(ringBytes), rtms::WakeSocket(::socket(AF_UNIX, SOCK_STREAM, 0))) {}
    ~StubSdk() override {
        if (switches_.has("late") && sink_ != nullptr) {
            lateCalls.push_back([sink = sink_] {
                std::array<unsigned char, 4> bytes{1, 2, 3, 4};
                sink->on_audio_data(bytes.data(), 4, 1, nullptr);
                sink->on_event_ex(R"({"event_type":2,"user_id":1})");
                sink->on_join_confirm(0);
                sink->on_leave(0);
            });
        }
        loop_.stop();
        loop_.poll();
    }

    int open(rtms_sdk_sink *sink) override {
        checkThread("open");
        sink_ = sink;
        return switches_.answer("open");
    }

    int config(media_parameters *params, int mediaTypes, int, int) override {
        checkThread("config");
        if (sink_ == nullptr) {
            std::fprintf(stderr, "zoom-stub: config before open, in which the original hangs\n");
            std::abort();
        }
        if (params == nullptr || mediaTypes == 0 || (params->audio_param && !isConsistent(*params->audio_param))) {
            return invalidArguments;
        }
        set(RTMS_STRING_MEDIA_PARAMS, toJson(*params));
        configured_ = true;
        options_.mediaTypes = mediaTypes;
        return switches_.answer("config");
    }

    int set_proxy(std::string type, std::string url) override {
        checkThread("set_proxy");
        set(RTMS_STRING_PROXY, url);
        return type == "http" ? switches_.answer("set_proxy") : invalidArguments;
    }

    int join(const char *meeting, const char *stream, const char *signature, const char *server, int timeout) override {
        checkThread("join");
        if (!configured_) {
            return invalidStatus;
        }
        if (const int answer = switches_.answer("join"); answer != 0) {
            return answer;
        }
        if (switches_.has("crash-second") && ++joins == 2) {
            std::abort();
        }
        loop_.setTls(caFile, verify);
        set(RTMS_STRING_ID, meeting);
        set(RTMS_STRING_STREAM_ID, stream);
        set(RTMS_STRING_SIGNATURE, signature);
        set(RTMS_STRING_SERVER_URLS, server);
        options_.connectTimeout = std::chrono::milliseconds(timeout);
        if (state_ == nullptr) {
            state_ = loop_.createStream(2);
        }
        loop_.join(state_, options_);
        loop_.poll();
        return 0;
    }

    int leave(int) override {
        checkThread("leave");
        if (ended_) {
            return notExist;
        }
        if (const int answer = switches_.answer("leave"); answer != 0) {
            return answer;
        }
        return post({rtms::Command::Kind::leave});
    }

    int poll() override {
        checkThread("poll");
        if (const int answer = switches_.answer("poll"); answer != 0) {
            return answer;
        }
        while (!lateCalls.empty()) {
            lateCalls.front()();
            lateCalls.pop_front();
        }
        loop_.poll();
        read();
        if (switches_.has("foreign") && confirmed_) {
            std::thread([this] { sink_->on_event_ex(R"({"event_type":2,"user_id":666})"); }).join();
        }
        return ended_ ? notExist : 0;
    }

    int subscribe_event(int types[], int count) override { return subscribe(types, count, true); }
    int unsubscribe_event(int types[], int count) override { return subscribe(types, count, false); }

    int send_subscript_video(int user, bool on) override {
        checkThread("send_subscript_video");
        if (!confirmed_) {
            return invalidStatus;
        }
        if (const int answer = switches_.answer("video"); answer != 0) {
            return answer;
        }
        return post({rtms::Command::Kind::subscribeVideo, user, on});
    }

    void checkThread(const char *call) const {
        if (std::this_thread::get_id() != thread_) {
            std::fprintf(stderr, "zoom-stub: %s on another thread than create_sdk\n", call);
            std::abort();
        }
        if (calling_) {
            std::fprintf(stderr, "zoom-stub: %s from within a callback\n", call);
            std::abort();
        }
    }

    bool ended() const { return ended_; }

  private:
    void set(std::int32_t option, const std::string &value) { options_.setString(option, value); }

    int post(rtms::Command command) {
        if (state_ == nullptr) {
            return invalidStatus;
        }
        loop_.post(state_->handle(), std::move(command));
        loop_.poll();
        return 0;
    }

    int subscribe(int types[], int count, bool on) {
        checkThread("subscribe_event");
        if (!confirmed_) {
            return invalidStatus; // the original waits for the join's confirmation too
        }
        if (const int answer = switches_.answer("subscribe"); answer != 0) {
            return answer;
        }
        for (int index = 0; index < count; ++index) {
            state_->subscribe(types[index], on);
            post({rtms::Command::Kind::subscribe, types[index], on});
        }
        return 0;
    }

    void read() {
        std::byte *memory = loop_.ring().place();
        const std::uint64_t capacity = loop_.ring().bytes() - RTMS_RING_DATA_OFFSET;
        std::uint64_t head = 0;
        std::memcpy(&head, memory + RTMS_RING_HEAD_OFFSET, sizeof head);
        while (tail_ != head) {
            const std::byte *record = memory + RTMS_RING_DATA_OFFSET + (tail_ & (capacity - 1));
            rtms::RecordHeader header{};
            std::memcpy(&header, record, 8); // padding may have no more
            if (header.kind != RTMS_KIND_PADDING) {
                std::memcpy(&header, record, sizeof header);
                calling_ = true;
                tell(header, reinterpret_cast<const char *>(record + sizeof header));
                calling_ = false;
            }
            tail_ += header.length;
        }
        std::memcpy(memory + RTMS_RING_TAIL_OFFSET, &tail_, sizeof tail_);
        loop_.space();
    }

    void tell(const rtms::RecordHeader &header, const char *rest) {
        std::string name(rest, header.nameLength);
        part_.append(rest + header.nameLength, header.payloadLength);
        if ((header.flags & RTMS_FLAG_MORE) != 0) {
            return;
        }
        std::string payload;
        payload.swap(part_);
        switch (header.kind) {
        case RTMS_KIND_JOINED:
            confirm();
            break;
        case RTMS_KIND_AUDIO:
        case RTMS_KIND_VIDEO:
        case RTMS_KIND_DESKSHARE:
        case RTMS_KIND_TRANSCRIPT:
            media(header, name, payload);
            break;
        case RTMS_KIND_EVENT:
            event(header.code, payload);
            break;
        case RTMS_KIND_SESSION_STATE:
            session(header, payload);
            break;
        case RTMS_KIND_VIDEO_SUBSCRIPTION:
            sink_->on_video_subscript_resp(static_cast<int>(header.userId), header.detail, payload);
            break;
        case RTMS_KIND_DISCONNECTED:
            ended_ = true;
            if (confirmed_) {
                sink_->on_leave(header.detail);
            } else {
                sink_->on_join_confirm(header.detail == 0 ? -1 : header.detail);
            }
            break;
        default:
            break;
        }
    }

    void confirm() {
        const int answer = switches_.answer("confirm");
        confirmed_ = answer == 0;
        if (answer != -1) {
            sink_->on_join_confirm(answer);
        }
    }

    void media(const rtms::RecordHeader &header, std::string &name, std::string &payload) {
        auto *data = reinterpret_cast<unsigned char *>(payload.data());
        const int size = static_cast<int>(payload.size());
        const auto time = static_cast<std::uint64_t>(header.timestamp);
        metadata_ = {};
        metadata_.user_name = name.data();
        metadata_.user_id = static_cast<int>(header.userId);
        metadata_.start_ts = static_cast<std::uint64_t>(header.start);
        metadata_.end_ts = static_cast<std::uint64_t>(header.end);
        if (switches_.has("interpreter")) {
            metadata_.aii.lid = 9;
            metadata_.aii.target_size = 1;
            metadata_.aii.atl[0] = {14, 1, "voice", "engine"};
        }
        if (switches_.has("garbage")) {
            call(header.kind, nullptr, 10, time, &metadata_);
            call(header.kind, data, -1, time, &metadata_);
            call(header.kind, data, size, time, nullptr);
            metadata_.aii.target_size = 1'000'000;
            metadata_.user_name = reinterpret_cast<char *>(0x1234);
        }
        call(header.kind, data, size, time, &metadata_);
    }

    void call(std::uint16_t kind, unsigned char *data, int size, std::uint64_t time, rtms_metadata *metadata) {
        switch (kind) {
        case RTMS_KIND_AUDIO:
            return sink_->on_audio_data(data, size, time, metadata);
        case RTMS_KIND_VIDEO:
            return sink_->on_video_data(data, size, time, metadata);
        case RTMS_KIND_DESKSHARE:
            return sink_->on_ds_data(data, size, time, metadata);
        default:
            return sink_->on_transcript_data(data, size, time, metadata);
        }
    }

    /// As JSON, and some in structures too.
    void event(int type, const std::string &text) {
        if (switches_.has("garbage")) {
            sink_->on_event_ex("no event");
            sink_->on_event_ex("{\"event_type\":\"x\"}");
            sink_->on_event_ex(std::string(100, '['));
            participant_info broken{1, reinterpret_cast<char *>(0x42)};
            sink_->on_user_update(0, &broken);
            sink_->on_user_update(0, nullptr);
        }
        const json::value value = json::parse(text);
        const json::value *participants = value.get_object().if_contains("participants");
        if (participants != nullptr && participants->is_array()) {
            for (const json::value &one : participants->get_array()) {
                typed(type, one.get_object());
            }
        }
        sink_->on_event_ex(text);
    }

    void typed(int type, const json::object &participant) {
        const json::value *user = participant.if_contains("user_id");
        const int id = user != nullptr && user->is_int64() ? static_cast<int>(user->get_int64()) : 0;
        const json::value *named = participant.if_contains("user_name");
        std::string name = named != nullptr && named->is_string() ? std::string(named->get_string().c_str()) : "";
        participant_info info{id, name.data()};
        if (type == 3 || type == 4) {
            sink_->on_user_update(type - 3, &info);
        } else if (type == 8 || type == 9) {
            sink_->on_participant_video({id}, type == 8);
        }
    }

    void session(const rtms::RecordHeader &header, std::string &id) {
        session_info info{};
        info.session_id = id.data();
        info.stat_time = static_cast<std::uint64_t>(header.timestamp);
        if (switches_.has("garbage")) {
            info.stream_id = reinterpret_cast<char *>(0x7);
            std::memset(info.meeting_id, 'x', sizeof info.meeting_id);
            session_info broken = info;
            broken.session_id = reinterpret_cast<char *>(0xffff);
            sink_->on_session_update(17, &broken);
            sink_->on_session_update(2, &broken);
            sink_->on_session_update(0, nullptr);
        }
        constexpr std::array<int, 6> operations{-1, -1, 0, 2, 3, 1};
        if (header.code >= 2 && header.code <= 5) {
            sink_->on_session_update(operations.at(static_cast<std::size_t>(header.code)), &info);
        }
    }

    const std::thread::id thread_ = std::this_thread::get_id();
    const Switches switches_;
    rtms::LocalLoop loop_;
    std::shared_ptr<rtms::StreamState> state_;
    rtms::StreamOptions options_;
    rtms_sdk_sink *sink_ = nullptr;
    rtms_metadata metadata_{};
    std::string part_;
    std::uint64_t tail_ = 0;
    bool configured_ = false;
    bool confirmed_ = false;
    bool ended_ = false;
    bool calling_ = false;
};

} // namespace

} // namespace zoom_stub

rtms_sdk_provider *rtms_sdk_provider::instance() {
    static rtms_sdk_provider one;
    return &one;
}

int rtms_sdk_provider::init(const char *ca_path, bool is_verify_cert) {
    if (g_agent.empty()) {
        return zoom_stub::invalidStatus;
    }
    zoom_stub::caFile = ca_path;
    zoom_stub::verify = is_verify_cert;
    zoom_stub::ready = true;
    return zoom_stub::Switches().answer("init");
}

rtms_sdk *rtms_sdk_provider::create_sdk() {
    return zoom_stub::ready && !zoom_stub::Switches().has("null") ? new zoom_stub::StubSdk : nullptr;
}

int rtms_sdk_provider::release_sdk(rtms_sdk *sdk) {
    auto *stub = static_cast<zoom_stub::StubSdk *>(sdk);
    stub->checkThread("release_sdk");
    const int answer = zoom_stub::Switches().answer("release", stub->ended() ? zoom_stub::notExist : 0);
    delete stub;
    return answer;
}

void rtms_sdk_provider::uninit() { zoom_stub::ready = false; }
