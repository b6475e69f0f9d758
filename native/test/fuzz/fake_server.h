#ifndef RTMS_TEST_FUZZ_FAKE_SERVER_H
#define RTMS_TEST_FUZZ_FAKE_SERVER_H

#include <cstdint>
#include <string>
#include <string_view>

namespace rtms::fuzz {

/// The server's end of one connection: it answers HTTP requests well if it is told to, and sends what it is given.
class FakeServer {
  public:
    /// descriptor: its own from now on.
    explicit FakeServer(int descriptor) : descriptor_(descriptor) {}
    ~FakeServer();
    FakeServer(FakeServer &&other) noexcept;
    FakeServer &operator=(FakeServer &&other) = delete;

    /// Takes in what the client has sent.
    void read();

    /// A request waits for its answer.
    bool isAsked() const;
    bool isAskedForTunnel() const;
    /// What the request is for; after the answer still.
    bool isSignaling() const { return isSignaling_; }
    /// The connection's HTTP is over: the client takes WebSocket frames.
    bool isOpen() const { return isOpen_; }

    /// 200 to CONNECT; to anything else 101 with these lines besides, each with its CR LF.
    void answer(std::string_view headers = {});

    /// A WebSocket frame. first: its first byte, FIN and opcode.
    void frame(std::uint8_t first, std::string_view payload);
    /// What does not fit into the socket is lost: the client reads nothing.
    void send(std::string_view bytes);
    void shutdown();

  private:
    int descriptor_;
    std::string request_;
    bool isSignaling_ = false;
    bool isOpen_ = false;
    bool clientIsGone_ = false;
};

} // namespace rtms::fuzz

#endif
