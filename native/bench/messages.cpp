#include "messages.h"

#include <random>

#include "engine/base64.h"

namespace rtms::bench {

namespace {

std::string frame(int number, const std::string &data, const std::string &more) {
    return R"({"msg_type":)" + std::to_string(number) +
           R"(,"content":{"user_id":16778240,"user_name":"Ada Lovelace","data":")" + data +
           R"(","timestamp":1738392033699)" + more + "}}";
}

} // namespace

std::string noise(std::size_t bytes) {
    std::mt19937 random(1);
    std::string text(bytes, '\0');
    for (char &byte : text) {
        byte = static_cast<char>(random());
    }
    return text;
}

std::string audio(std::size_t bytes) { return frame(14, base64::encode(noise(bytes)), R"(,"length":640)"); }

std::string video(std::size_t bytes) { return frame(15, base64::encode(noise(bytes)), ""); }

std::string deskshare(std::size_t bytes) {
    return frame(16, "data:image/png;base64," + base64::encode(noise(bytes)), "");
}

std::string transcript() {
    return frame(17, "I think that the weaving of patterns is what the engine does best, and nobody has asked it yet.",
                 R"(,"start_time":1738392033000,"end_time":1738392033600,"language":9,"attribute":2)");
}

std::string chat() { return frame(18, "Could you share that slide again, please?", ""); }

std::string keepAlive() { return R"({"msg_type":12,"timestamp":1738392033699})"; }

std::string event() {
    return R"({"msg_type":6,"event":{"event_type":2,"timestamp":1738392033699,"user_id":16778240,"user_name":"Ada Lovelace"}})";
}

} // namespace rtms::bench
