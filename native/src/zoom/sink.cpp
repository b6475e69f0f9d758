#include "zoom/sink.h"

#include "rtms.h"

namespace rtms::zoom {

Listener *Sink::listener() {
    if (std::this_thread::get_id() != thread_) {
        foreign_.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    return listener_;
}

void Sink::on_join_confirm(int reason) {
    if (Listener *to = listener()) {
        to->joinConfirmed(reason);
    }
}

void Sink::on_session_update(int operation, session_info *info) {
    Listener *to = listener();
    if (to != nullptr && isUsable(info)) {
        to->sessionChanged(operation, *info);
    }
}

void Sink::on_user_update(int operation, participant_info *info) {
    Listener *to = listener();
    if (to != nullptr && isUsable(info)) {
        to->userChanged(operation, *info);
    }
}

void Sink::media(std::uint16_t kind, const unsigned char *data, int size, std::uint64_t timestamp,
                 const rtms_metadata *metadata) {
    Listener *to = listener();
    if (to != nullptr && size >= 0 && (size == 0 || isUsable(data))) {
        const std::string_view bytes(reinterpret_cast<const char *>(data), static_cast<std::size_t>(size));
        to->media(kind, size == 0 ? std::string_view() : bytes, timestamp, isUsable(metadata) ? metadata : nullptr);
    }
}

void Sink::on_audio_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) {
    media(RTMS_KIND_AUDIO, data, size, timestamp, metadata);
}

void Sink::on_video_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) {
    media(RTMS_KIND_VIDEO, data, size, timestamp, metadata);
}

void Sink::on_ds_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) {
    media(RTMS_KIND_DESKSHARE, data, size, timestamp, metadata);
}

void Sink::on_transcript_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) {
    media(RTMS_KIND_TRANSCRIPT, data, size, timestamp, metadata);
}

void Sink::on_leave(int reason) {
    if (Listener *to = listener()) {
        to->left(reason);
    }
}

void Sink::on_event_ex(const std::string &event) {
    if (Listener *to = listener()) {
        to->event(event);
    }
}

void Sink::on_participant_video(std::vector<int> users, bool on) {
    if (Listener *to = listener()) {
        to->videoChanged(users, on);
    }
}

void Sink::on_video_subscript_resp(int user, int status, std::string error) {
    if (Listener *to = listener()) {
        to->videoAnswered(user, status, error);
    }
}

} // namespace rtms::zoom
