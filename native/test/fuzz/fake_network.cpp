#include "fuzz/fake_network.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <map>

#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rtms::fuzz {

namespace {

struct Network {
    std::map<int, int> unconnected; // the engine's end, the other end
    std::vector<int> connected;     // other ends
    std::chrono::nanoseconds now = std::chrono::hours(1);
};

Network &network() {
    static Network all;
    return all;
}

bool isTcp(int domain, int type) {
    constexpr int kinds = SOCK_STREAM | SOCK_DGRAM | SOCK_RAW;
    return (domain == AF_INET || domain == AF_INET6) && (type & kinds) == SOCK_STREAM;
}

std::uint16_t portOf(const sockaddr *address) {
    return address->sa_family == AF_INET6 ? ntohs(reinterpret_cast<const sockaddr_in6 *>(address)->sin6_port)
                                          : ntohs(reinterpret_cast<const sockaddr_in *>(address)->sin_port);
}

/// An end whose buffer is full does not become writable, as a socket that waits for its peer's answer.
void fill(int descriptor) {
    const std::array<char, 65'536> bytes{};
    while (::send(descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL) > 0) {
    }
}

template <class Function> Function real(const char *name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

} // namespace

std::vector<int> FakeNetwork::takeConnected() { return std::exchange(network().connected, {}); }

std::pair<int, int> FakeNetwork::pair() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0) {
        std::abort(); // the target leaks descriptors
    }
    return {ends[0], ends[1]};
}

void FakeNetwork::advance(std::chrono::milliseconds time) { network().now += time; }

void FakeNetwork::reset() {
    for (const auto &[engine, other] : std::exchange(network().unconnected, {})) {
        ::close(other);
    }
}

} // namespace rtms::fuzz

using rtms::fuzz::network;

std::chrono::steady_clock::time_point std::chrono::steady_clock::now() noexcept { return time_point(network().now); }

extern "C" {

int socket(int domain, int type, int protocol) {
    if (!rtms::fuzz::isTcp(domain, type)) {
        static const auto systems = rtms::fuzz::real<int (*)(int, int, int)>("socket");
        return systems(domain, type, protocol);
    }
    const auto [engine, other] = rtms::fuzz::FakeNetwork::pair();
    const auto stale = network().unconnected.find(engine);
    if (stale != network().unconnected.end()) { // its number has been given again: it was closed
        ::close(stale->second);
    }
    network().unconnected[engine] = other;
    return engine;
}

int connect(int descriptor, const sockaddr *address, socklen_t length) {
    const auto found = network().unconnected.find(descriptor);
    if (found == network().unconnected.end() || (address->sa_family != AF_INET && address->sa_family != AF_INET6)) {
        static const auto systems = rtms::fuzz::real<int (*)(int, const sockaddr *, socklen_t)>("connect");
        return systems(descriptor, address, length);
    }
    if (rtms::fuzz::portOf(address) == 1) {
        errno = ECONNREFUSED;
        return -1;
    }
    if (rtms::fuzz::portOf(address) == rtms::fuzz::FakeNetwork::blackHole && address->sa_family == AF_INET6) {
        rtms::fuzz::fill(descriptor);
        errno = EINPROGRESS;
        return -1;
    }
    network().connected.push_back(found->second);
    network().unconnected.erase(found);
    return 0;
}

/// Asio then asks the clock instead.
int timerfd_create(int, int) {
    errno = ENOSYS;
    return -1;
}

} // extern "C"
