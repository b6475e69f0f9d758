#include "zoom/events.h"

#include <boost/json.hpp>

#include "rtms.h"

namespace rtms::zoom {

namespace {

namespace json = boost::json;

constexpr std::size_t maximalEvent = 1U << 20;
constexpr std::size_t maximalDepth = 32;
constexpr std::size_t maximalDifferentTypes = 256;
constexpr std::int64_t maximalTargets = 100;

/// A number, or a string that is one.
std::int64_t integerOf(const json::value *value) {
    if (value == nullptr) {
        return 0;
    }
    if (const json::string *text = value->if_string()) {
        return std::strtoll(text->c_str(), nullptr, 10);
    }
    boost::system::error_code error;
    const auto number = value->to_number<std::int64_t>(error);
    return error ? 0 : number;
}

} // namespace

std::optional<EventText> readEvent(const std::string &text) {
    if (text.size() > maximalEvent) {
        return std::nullopt;
    }
    json::parse_options options;
    options.max_depth = maximalDepth;
    boost::system::error_code error;
    const json::value value = json::parse(text, error, {}, options);
    if (error || !value.is_object()) {
        return std::nullopt;
    }
    const json::object *event = &value.get_object();
    if (const json::value *inner = event->if_contains("event"); inner != nullptr && inner->is_object()) {
        event = &inner->get_object(); // the whole message
    }
    const std::int64_t type = integerOf(event->if_contains("event_type"));
    if (type < 1 || type > INT32_MAX) {
        return std::nullopt;
    }
    EventText read;
    read.type = static_cast<std::int32_t>(type);
    const json::value *time = event->if_contains("timestamp");
    read.timestamp = integerOf(time != nullptr ? time : event->if_contains("event_ts"));
    read.userId = integerOf(event->if_contains("user_id"));
    if (const json::value *name = event->if_contains("user_name"); name != nullptr && name->is_string()) {
        read.name = name->get_string();
    }
    read.json = json::serialize(*event);
    return read;
}

EventText participantsEvent(std::int32_t type, const std::vector<std::int64_t> &users, std::string_view name,
                            std::int64_t now) {
    json::array participants;
    for (const std::int64_t user : users) {
        json::object participant{{"user_id", user}};
        if (!name.empty()) {
            participant["user_name"] = json::string_view(name.data(), name.size());
        }
        participants.push_back(std::move(participant));
    }
    const json::object event{{"event_type", type}, {"timestamp", now}, {"participants", std::move(participants)}};
    return {.type = type, .timestamp = now, .userId = 0, .name = "", .json = json::serialize(event)};
}

std::int32_t sessionState(int operation) {
    switch (operation) {
    case 0:
        return 2;
    case 1:
        return 5;
    case 2:
        return 3;
    case 3:
        return 4;
    default:
        return -1;
    }
}

std::string interpreterJson(const rtms_metadata &metadata) {
    const auto *interpreter = structureOf(metadata.aii);
    if (interpreter == nullptr) {
        return "";
    }
    const std::int64_t count = numberOf(interpreter->target_size);
    if (count < 1 || count >= maximalTargets) { // unset memory, most of the time
        return "";
    }
    json::array targets;
    for (std::int64_t index = 0; index < count; ++index) {
        if constexpr (std::is_array_v<decltype(interpreter->atl)>) {
            if (index >= static_cast<std::int64_t>(std::extent_v<decltype(interpreter->atl)>)) {
                break;
            }
        }
        const auto &target = interpreter->atl[index];
        const std::string_view voice = textOf(target.voice_id);
        const std::string_view engine = textOf(target.engine);
        targets.push_back(json::object{{"lid", numberOf(target.lid)},
                                       {"toneid", numberOf(target.toneid)},
                                       {"voice_id", json::string_view(voice.data(), voice.size())},
                                       {"engine", json::string_view(engine.data(), engine.size())}});
    }
    const std::string_view name = textOf(metadata.user_name);
    return json::serialize(json::object{{"user_id", numberOf(metadata.user_id)},
                                        {"user_name", json::string_view(name.data(), name.size())},
                                        {"start_ts", numberOf(metadata.start_ts)},
                                        {"end_ts", numberOf(metadata.end_ts)},
                                        {"lid", numberOf(interpreter->lid)},
                                        {"timestamp", numberOf(interpreter->timestamp)},
                                        {"channel_num", numberOf(interpreter->channel_num)},
                                        {"sample_rate", numberOf(interpreter->sample_rate)},
                                        {"targets", std::move(targets)}});
}

std::vector<EventText> TypedEvents::take() {
    std::vector<EventText> left;
    for (EventText &event : waiting_) {
        if (!told_.contains(event.type)) {
            left.push_back(std::move(event));
        }
    }
    waiting_.clear();
    if (told_.size() > maximalDifferentTypes) {
        told_.clear();
    }
    return left;
}

} // namespace rtms::zoom
