#ifndef RTMS_TEST_SUPPORT_PROXY_H
#define RTMS_TEST_SUPPORT_PROXY_H

#include <string>

#include "support/gateway.h"

namespace rtms::test {

/// Reads one HTTP request's header and notes its first line, and "authorization X" where it has one. Returns the
/// line, without its version.
std::string readConnect(Gateway &proxy, boost::asio::ip::tcp::socket &client);

/// Answers 200 and carries bytes between the client and the server until one of them is gone.
void tunnel(boost::asio::ip::tcp::socket &client, const Gateway &server);

/// An HTTP proxy that connects everybody to this server, whatever name they ask for.
Gateway::AcceptScript proxyTo(const Gateway &server);

/// A proxy that answers every request with these bytes, and then nothing more until the test is over.
Gateway::AcceptScript proxyThatAnswers(const std::string &bytes);

/// The proxy's address as rtms_stream_set_string() takes it; credentials: "", or "user:password@".
std::string proxyUrl(const Gateway &proxy, const std::string &credentials = "");

} // namespace rtms::test

#endif
