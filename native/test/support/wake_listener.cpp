#include "support/wake_listener.h"

#include <array>
#include <cstring>
#include <stdexcept>

#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace rtms::test {

WakeListener::WakeListener() {
    std::string pattern = "/tmp/rtms-test-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("mkdtemp");
    }
    directory_ = pattern;
    path_ = directory_ + "/wake";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path_.data(), path_.size());
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(listener_, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        ::listen(listener_, 4) != 0) {
        throw std::runtime_error("wake listener");
    }
}

WakeListener::~WakeListener() {
    if (connection_ >= 0) {
        ::close(connection_);
    }
    ::close(listener_);
    ::unlink(path_.c_str());
    ::rmdir(directory_.c_str());
}

void WakeListener::accept() {
    if (connection_ >= 0) {
        ::close(connection_);
    }
    connection_ = ::accept(listener_, nullptr, nullptr);
}

WakeListener::Wake WakeListener::wait(std::chrono::milliseconds time) {
    pollfd descriptor{connection_, POLLIN, 0};
    if (::poll(&descriptor, 1, static_cast<int>(time.count())) <= 0) {
        return Wake::timeout;
    }
    std::array<char, 64> bytes{};
    return ::recv(connection_, bytes.data(), bytes.size(), MSG_DONTWAIT) > 0 ? Wake::byte : Wake::end;
}

} // namespace rtms::test
