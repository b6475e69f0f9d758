#include "engine/video_subscription.h"

#include <algorithm>

namespace rtms {

namespace {

constexpr std::int32_t ok = 0;
constexpr std::int32_t duplicate = 44;
/// A server that answers nothing is not kept account of for ever.
constexpr std::size_t maximalUnanswered = 64;

} // namespace

std::optional<VideoSubscription::Request> VideoSubscription::ask(std::int64_t userId, bool on) {
    const bool isWished = wish_ && wish_->userId == userId;
    if (on && isWished && wish_->confirmed) {
        return std::nullopt;
    }
    if (on) {
        wish_ = Wish{userId};
    } else if (isWished) {
        wish_.reset();
    }
    return ready_ ? std::optional(send(userId, on)) : std::nullopt;
}

std::optional<VideoSubscription::Request> VideoSubscription::videoReady() {
    ready_ = true;
    return wish_ ? std::optional(send(wish_->userId, true)) : std::nullopt;
}

void VideoSubscription::videoLost() {
    ready_ = false;
    if (wish_) {
        wish_ = Wish{wish_->userId};
    }
}

void VideoSubscription::signalingLost() {
    videoLost();
    unanswered_.clear(); // their answers went with it
}

VideoSubscription::Request VideoSubscription::send(std::int64_t userId, bool on) {
    if (unanswered_.size() == maximalUnanswered) {
        unanswered_.pop_front();
    }
    unanswered_.push_back({++lastRequest_, userId});
    if (on) {
        wish_->request = lastRequest_;
    }
    return {userId, on};
}

void VideoSubscription::answered(std::optional<std::int64_t> userId, std::int32_t status) {
    const auto found = std::find_if(unanswered_.begin(), unanswered_.end(),
                                    [&](const Unanswered &asked) { return !userId || asked.userId == *userId; });
    if (found == unanswered_.end()) {
        return;
    }
    const std::uint64_t request = found->request;
    unanswered_.erase(found);
    if (!wish_ || wish_->request != request) {
        return; // about a wish that is no more
    }
    if (status == ok || status == duplicate) {
        wish_->confirmed = true;
    } else {
        wish_.reset();
    }
}

} // namespace rtms
