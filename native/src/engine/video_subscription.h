#ifndef RTMS_ENGINE_VIDEO_SUBSCRIPTION_H
#define RTMS_ENGINE_VIDEO_SUBSCRIPTION_H

#include <cstdint>
#include <deque>
#include <optional>

namespace rtms {

/// Whose video is wished for (rtms-protocol.md section 4.11): one participant's at most. It outlives attempts, so that
/// a wish is asked for again after every reconnection.
///
///     ask() --> waiting -- videoReady() --> asked -- answered(0 or 44) --> confirmed
///                  ^                        |   \-- answered(other) ----> forgotten
///                  +------ videoLost(), signalingLost(): from asked and confirmed
///
/// Functions that return a request want it sent. Threads: the loop's.
class VideoSubscription {
  public:
    struct Request {
        std::int64_t userId;
        bool on;
    };

    /// The caller wishes for this participant's video, or no longer.
    std::optional<Request> ask(std::int64_t userId, bool on);

    /// The socket that carries video has shaken hands, and the server knows that we are ready.
    std::optional<Request> videoReady();
    void videoLost();
    void signalingLost();

    /// The answer to the oldest request for this participant, or to the oldest at all where it names nobody.
    void answered(std::optional<std::int64_t> userId, std::int32_t status);

  private:
    struct Wish {
        std::int64_t userId;
        std::uint64_t request = 0; // its last one; 0 while it waits
        bool confirmed = false;
    };

    struct Unanswered {
        std::uint64_t request;
        std::int64_t userId;
    };

    Request send(std::int64_t userId, bool on);

    std::optional<Wish> wish_;
    std::deque<Unanswered> unanswered_;
    std::uint64_t lastRequest_ = 0;
    bool ready_ = false;
};

} // namespace rtms

#endif
