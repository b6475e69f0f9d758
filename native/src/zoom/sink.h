#ifndef RTMS_ZOOM_SINK_H
#define RTMS_ZOOM_SINK_H

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "zoom/sdk.h"

namespace rtms::zoom {

/// Who is told what a handle of Zoom's SDK says. On the loop's thread, within a call of the SDK: nothing may be called
/// back into it from here.
class Listener {
  public:
    virtual ~Listener() = default;
    virtual void joinConfirmed(int reason) = 0;
    virtual void left(int reason) = 0;
    virtual void sessionChanged(int operation, const session_info &info) = 0;
    virtual void userChanged(int operation, const participant_info &info) = 0;
    /// kind: RTMS_KIND_AUDIO to RTMS_KIND_TRANSCRIPT. metadata may be nullptr.
    virtual void media(std::uint16_t kind, std::string_view bytes, std::uint64_t timestamp,
                       const rtms_metadata *metadata) = 0;
    virtual void event(const std::string &json) = 0;
    virtual void videoChanged(const std::vector<int> &users, bool on) = 0;
    virtual void videoAnswered(int user, int status, const std::string &error) = 0;
};

/// What a handle calls: passes on what can be used, and nothing any more once it is detached or from another thread.
/// It outlives its handle, as Zoom's SDK may call late.
class Sink : public rtms_sdk_sink {
  public:
    explicit Sink(Listener &listener) : listener_(&listener) {}

    void detach() { listener_ = nullptr; }
    /// Calls that came on another thread than the loop's, which nothing can be made of.
    std::uint64_t foreignCalls() const { return foreign_.load(std::memory_order_relaxed); }

    void on_join_confirm(int reason) override;
    void on_session_update(int operation, session_info *info) override;
    void on_user_update(int operation, participant_info *info) override;
    void on_audio_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) override;
    void on_video_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) override;
    void on_ds_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) override;
    void on_transcript_data(unsigned char *data, int size, std::uint64_t timestamp, rtms_metadata *metadata) override;
    void on_leave(int reason) override;
    void on_event_ex(const std::string &event) override;
    void on_participant_video(std::vector<int> users, bool on) override;
    void on_video_subscript_resp(int user, int status, std::string error) override;

  private:
    Listener *listener();
    void media(std::uint16_t kind, const unsigned char *data, int size, std::uint64_t timestamp,
               const rtms_metadata *metadata);

    Listener *listener_; // the loop's thread alone reads and sets it
    const std::thread::id thread_ = std::this_thread::get_id();
    std::atomic<std::uint64_t> foreign_{0};
};

} // namespace rtms::zoom

#endif
