#ifndef RTMS_TEST_FUZZ_FAKE_NETWORK_H
#define RTMS_TEST_FUZZ_FAKE_NETWORK_H

#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

namespace rtms::fuzz {

/// Linked into a fuzz target in place of the system's socket(), connect() and timerfd_create() and of the steady clock:
/// a TCP socket is one end of a pair whose other end is the target's, and time stands still until it is told to go on.
/// So an input always runs the same way, and a time-out takes no time.
///
/// Threads: one.
class FakeNetwork {
  public:
    /// The other ends of the sockets that were connected since the last call, in their order; the caller closes them.
    /// A connection to port 1 is refused.
    static std::vector<int> takeConnected();

    /// The port at which an IPv6 address never answers; an IPv4 address does.
    static constexpr std::uint16_t blackHole = 2;

    /// A pair of connected sockets, without waiting.
    static std::pair<int, int> pair();

    static void advance(std::chrono::milliseconds time);

    /// Closes the other ends of sockets that were never connected.
    static void reset();
};

} // namespace rtms::fuzz

#endif
