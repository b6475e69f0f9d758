#ifndef RTMS_TEST_FUZZ_SESSION_SCRIPT_H
#define RTMS_TEST_FUZZ_SESSION_SCRIPT_H

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "fuzz/fake_server.h"
#include "fuzz/ring_watch.h"
#include "loop/local_loop.h"
#include "loop/stream_host.h"

namespace rtms::fuzz {

/// One input: a stream of the real engine on a real loop, and what servers, caller and reader do to it, step by step.
///
/// Steps are separated by bytes 0xFF, which no text has. The first one is the setting:
///
///     flags   bits 1 the servers' HTTP is the input's, 2 so are the handshakes, 4 one socket for all media, 8 a proxy,
///             16 several signaling servers, 32 small messages only, 64 nobody reads the ring at first
///     media   the media types that are asked for
///     ending  how the attempt ends after the last step: 0 by itself, 1 close, 2 leave, 3 the loop stops
///
/// Each other step is a letter, a digit and a text; the digit names a connection where one is needed:
///
///     t text frame   b binary frame   f frame whose first byte is the text's   p ping   x close frame   r raw bytes
///     m the text as a frame, 40 times   k a message of the list, by number, overwritten at a place with the rest
///     a answers the HTTP request with these header lines besides   g the connection is gone
///     J join   M joinMedia   L leave   C close   P pause, at the digit's level   R renew media   V subscribe to a
///     video E subscribe to an event   Q query states   D destroy   S stop the loop   O the reader stops or goes on   A
///     time passes
class SessionScript {
  public:
    explicit SessionScript(std::string_view input);
    ~SessionScript();
    SessionScript(const SessionScript &) = delete;
    SessionScript &operator=(const SessionScript &) = delete;

    void run();

  private:
    std::string_view takeStep();
    void setUp(std::string_view setting);
    void carryOut(std::string_view step);
    bool serve(char letter, int digit, std::string_view text);
    void call(char letter, int digit, std::string_view text);
    void join();
    void destroy();
    void sendSeed(FakeServer &server, std::string_view text);

    void settle();
    bool takeConnections();
    bool answerRequests();
    bool readRing();
    void end();
    void awaitEnd(int steps);

    std::string_view rest_;
    unsigned flags_ = 0;
    unsigned ending_ = 0;
    std::size_t bytesLeft_;
    LocalLoop loop_;
    std::shared_ptr<StreamState> state_;
    std::shared_ptr<StreamHost> host_;
    RingWatch watch_;
    std::deque<FakeServer> servers_;
    int joins_ = 0;
    bool readerRests_ = false;
    bool destroyed_ = false;
    bool stopped_ = false;
};

} // namespace rtms::fuzz

#endif
