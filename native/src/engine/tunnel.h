#ifndef RTMS_ENGINE_TUNNEL_H
#define RTMS_ENGINE_TUNNEL_H

#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "engine/ending.h"
#include "engine/proxy.h"

namespace rtms {

/// Has the proxy at the socket's other end connect to the server (host:port), HTTP CONNECT. Returns why it did not;
/// nothing where the tunnel is open, and then the next byte is the server's. Abort it by closing the socket.
boost::asio::awaitable<std::optional<Ending>> openTunnel(boost::asio::ip::tcp::socket &socket, const Proxy &proxy,
                                                         const std::string &server);

} // namespace rtms

#endif
