#ifndef RTMS_TEST_SUPPORT_WAKE_LISTENER_H
#define RTMS_TEST_SUPPORT_WAKE_LISTENER_H

#include <chrono>
#include <string>

namespace rtms::test {

/// The reader's end of the wake-up socket.
class WakeListener {
  public:
    WakeListener();
    ~WakeListener();
    WakeListener(const WakeListener &) = delete;
    WakeListener &operator=(const WakeListener &) = delete;

    const std::string &path() const { return path_; }

    /// Takes the writer's connection.
    void accept();

    enum class Wake { byte, end, timeout };
    Wake wait(std::chrono::milliseconds time);

  private:
    std::string directory_;
    std::string path_;
    int listener_ = -1;
    int connection_ = -1;
};

} // namespace rtms::test

#endif
