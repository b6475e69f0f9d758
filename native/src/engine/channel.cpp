#include "engine/channel.h"

#include <cerrno>

#include <boost/asio/error.hpp>
#include <sys/socket.h>

namespace rtms {

namespace {

/// What errno says after recv() or send().
Channel::Result failure(Channel::Want want) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
        return {0, want, {}};
    }
    return {0, Channel::Want::nothing, {errno, boost::system::system_category()}};
}

} // namespace

Channel::Result TcpChannel::read(char *target, std::size_t size) {
    ssize_t got = 0;
    do {
        got = ::recv(descriptor_, target, size, MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return failure(Want::read);
    }
    if (got == 0) {
        return {0, Want::nothing, boost::asio::error::eof};
    }
    const auto bytes = static_cast<std::size_t>(got);
    return {bytes, bytes < size ? Want::read : Want::nothing, {}};
}

Channel::Result TcpChannel::write(const char *bytes, std::size_t size) {
    ssize_t put = 0;
    do {
        put = ::send(descriptor_, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (put < 0 && errno == EINTR);
    return put < 0 ? failure(Want::write) : Result{static_cast<std::size_t>(put), Want::nothing, {}};
}

} // namespace rtms
