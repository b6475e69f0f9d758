#include "support/scripts.h"

#include <boost/json.hpp>
#include <openssl/evp.h>

namespace rtms::test {

std::string base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char *>(text.data()),
                        reinterpret_cast<const unsigned char *>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::string signalingAnswer(const std::string &serverUrls) {
    return R"({"msg_type":2,"protocol_version":1,"status_code":0,"reason":"","media_server":{"server_urls":)" +
           serverUrls + "}}";
}

std::string signalingAnswer(const Gateway &gateway) {
    boost::json::object urls;
    for (const char *key : {"audio", "transcript", "all"}) {
        urls[key] = gateway.url(std::string("/") + key);
    }
    return signalingAnswer(boost::json::serialize(urls));
}

std::string mediaAnswer(int status) {
    return R"({"msg_type":4,"protocol_version":1,"status_code":)" + std::to_string(status) +
           R"(,"reason":"because","payload_encrypted":false,"media_params":{"audio":{"codec":1}}})";
}

std::string audio(std::string_view bytes, std::int64_t timestamp) {
    return R"({"msg_type":14,"content":{"user_id":16778240,"user_name":"Ada","data":")" + base64(bytes) +
           R"(","timestamp":)" + std::to_string(timestamp) + "}}";
}

std::string transcript(const std::string &text) {
    return R"({"msg_type":17,"content":{"user_id":"33556610","user_name":"Grace","data":)" +
           boost::json::serialize(boost::json::value(text)) +
           R"(,"timestamp":5,"start_time":6,"end_time":7,"language":9,"attribute":2,"channel_id":"c1"}})";
}

void noteSignaling(Gateway &gateway, Peer &peer) {
    for (;;) {
        const boost::json::value message = boost::json::parse(peer.receiveText());
        const auto number = message.at("msg_type").as_int64();
        if (number == 21) {
            peer.send(R"({"msg_type":22,"rtms_stream_id":"stream-1","status_code":0,"reason":"OK","timestamp":1})");
        }
        gateway.note("signaling " + std::to_string(number));
        gateway.note(boost::json::serialize(message));
    }
}

void serveSignaling(Gateway &gateway, Peer &peer) {
    peer.receive(1);
    peer.send(signalingAnswer(gateway));
    noteSignaling(gateway, peer);
}

void acceptMedia(Peer &peer) {
    peer.receive(3);
    peer.send(mediaAnswer());
}

void serveMedia(Gateway &, Peer &peer) {
    acceptMedia(peer);
    peer.drain();
}

void serveAll(Gateway &gateway) {
    gateway.on("/signaling", serveSignaling);
    gateway.on("/audio", serveMedia);
    gateway.on("/transcript", serveMedia);
    gateway.on("/all", serveMedia);
}

} // namespace rtms::test
