#ifndef RTMS_ZOOM_EVENTS_H
#define RTMS_ZOOM_EVENTS_H

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "zoom/sdk.h"

namespace rtms::zoom {

/// An event as message 6 would have told it.
struct EventText {
    std::int32_t type = 0;
    std::int64_t timestamp = 0;
    std::int64_t userId = 0;
    std::string name;
    std::string json;
};

/// What on_event_ex() brings; nothing where it is no event. Bounded in size and depth.
std::optional<EventText> readEvent(const std::string &json);

/// The event of participants who came, left, or turned their cameras on or off; now: Unix milliseconds.
EventText participantsEvent(std::int32_t type, const std::vector<std::int64_t> &users, std::string_view name,
                            std::int64_t now);

/// The state of message 9 for an operation of on_session_update(): added, stopped, paused, resumed; -1 for any other.
std::int32_t sessionState(int operation);

/// The interpreter's part of a frame's metadata as JSON; empty where there is none.
std::string interpreterJson(const rtms_metadata &metadata);

/// The same event comes twice, in a structure and as JSON, and which of them first is not known. Those in structures
/// wait for the end of a poll; where JSON tells of their type they are not needed.
class TypedEvents {
  public:
    void wait(EventText event) { waiting_.push_back(std::move(event)); }
    void seen(std::int32_t type) { told_.insert(type); }
    /// Those that JSON has not told of.
    std::vector<EventText> take();

  private:
    std::vector<EventText> waiting_;
    std::set<std::int32_t> told_;
};

} // namespace rtms::zoom

#endif
