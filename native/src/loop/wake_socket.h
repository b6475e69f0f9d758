#ifndef RTMS_LOOP_WAKE_SOCKET_H
#define RTMS_LOOP_WAKE_SOCKET_H

#include <string>
#include <system_error>
#include <utility>

namespace rtms {

/// The reader's socket cannot be connected.
class WakeError : public std::system_error {
  public:
    using std::system_error::system_error;
};

/// The Unix-domain stream socket over which a sleeping reader is woken, one byte each time. It is closed when this
/// object dies, which tells the reader that the loop is gone.
///
/// Threads: one at a time.
class WakeSocket {
  public:
    /// Connects without waiting. Throws WakeError; std::invalid_argument where the path is too long for a socket.
    explicit WakeSocket(const std::string &path);
    /// One that is connected already, as which this goes on.
    explicit WakeSocket(int descriptor) : descriptor_(descriptor) {}
    ~WakeSocket();
    WakeSocket(WakeSocket &&other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    WakeSocket &operator=(WakeSocket &&) = delete;

    /// Sends one byte. A full socket buffer is as good as a byte sent, and a reader that is gone needs none.
    void wake();

    void close();

    int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

} // namespace rtms

#endif
