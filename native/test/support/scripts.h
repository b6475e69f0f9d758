#ifndef RTMS_TEST_SUPPORT_SCRIPTS_H
#define RTMS_TEST_SUPPORT_SCRIPTS_H

#include <cstdint>
#include <string>
#include <string_view>

#include "support/gateway.h"

namespace rtms::test {

std::string base64(std::string_view bytes);

/// Message 2 with this object as server_urls.
std::string signalingAnswer(const std::string &serverUrls);
/// Message 2 that names /audio, /transcript and /all of this gateway.
std::string signalingAnswer(const Gateway &gateway);
/// Message 4.
std::string mediaAnswer(int status = 0);
/// Message 14.
std::string audio(std::string_view bytes, std::int64_t timestamp = 1000);
/// Message 17.
std::string transcript(const std::string &text);

/// Handshake; then notes every message as "signaling N" until the client goes, and answers 21.
void serveSignaling(Gateway &gateway, Peer &peer);
/// The part after the handshake.
void noteSignaling(Gateway &gateway, Peer &peer);
/// Message 3, then 4 with status 0.
void acceptMedia(Peer &peer);
/// acceptMedia(), then nothing more.
void serveMedia(Gateway &gateway, Peer &peer);

/// serveSignaling() at /signaling; serveMedia() at /audio, /transcript and /all.
void serveAll(Gateway &gateway);

} // namespace rtms::test

#endif
