#ifndef RTMS_TEST_SUPPORT_PEER_H
#define RTMS_TEST_SUPPORT_PEER_H

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/json/value.hpp>

#include "support/certificates.h"

namespace rtms::test {

/// A script's view of one client: blocking reads and writes on its WebSocket. When the client or the gateway closes it,
/// they throw, and the script is over.
class Peer {
  public:
    virtual ~Peer() = default;

    virtual void send(const std::string &text) = 0;
    virtual void sendBinary(const std::string &text) = 0;
    /// One message in several WebSocket frames.
    virtual void sendFragments(const std::vector<std::string> &parts, bool binary) = 0;
    /// Bytes past the WebSocket.
    virtual void sendRaw(const std::string &bytes) = 0;
    virtual std::string receiveText() = 0;
    virtual void ping() = 0;
    virtual void close(std::uint16_t code) = 0;

    /// Closes the TCP connection without a word.
    virtual void hangUp() = 0;

    /// The next message, which must have this number.
    boost::json::value receive(int number);
    /// Reads and forgets until the client closes.
    void drain();
};

/// Serves one accepted connection: TLS where a certificate is given, then the upgrade. target: what the client asked
/// for.
std::unique_ptr<Peer> acceptPeer(boost::asio::ip::tcp::socket &socket, const Certificate *certificate,
                                 std::string &target);

} // namespace rtms::test

#endif
