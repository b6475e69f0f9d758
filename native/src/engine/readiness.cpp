#include "engine/readiness.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <span>
#include <utility>

#include <boost/system/system_error.hpp>
#include <sys/epoll.h>

namespace rtms {

namespace {

using boost::system::error_code;

/// Sockets that are told of in one turn; the others come with the next.
constexpr std::size_t most = 256;

error_code lastError() { return {errno, boost::system::system_category()}; }

int newEpoll() {
    const int descriptor = ::epoll_create1(EPOLL_CLOEXEC);
    if (descriptor < 0) {
        throw boost::system::system_error(lastError(), "epoll");
    }
    return descriptor;
}

} // namespace

/// What Asio calls when a socket is ready; or destroys, where its loop ends before.
class Readiness::Turn {
  public:
    explicit Turn(std::shared_ptr<Readiness> readiness) : readiness_(std::move(readiness)) {}
    Turn(Turn &&) noexcept = default;
    Turn &operator=(Turn &&) = delete;
    ~Turn() {
        if (readiness_) {
            readiness_->abandon();
        }
    }

    void operator()(const error_code &error) {
        const auto readiness = std::exchange(readiness_, nullptr);
        readiness->isWaiting_ = false;
        if (!error) {
            readiness->tell();
        } else if (!readiness->listeners_.empty()) {
            readiness->wait(); // added after the last one had gone
        }
    }

  private:
    std::shared_ptr<Readiness> readiness_;
};

Readiness::Readiness(boost::asio::io_context &context) : epoll_(context, newEpoll()) {}

std::uint64_t Readiness::add(int descriptor, Listener &listener, error_code &error) {
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.u64 = ++last_;
    if (::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_ADD, descriptor, &event) != 0) {
        error = lastError();
        return 0;
    }
    listeners_.emplace(last_, &listener);
    wait();
    return last_;
}

void Readiness::remove(int descriptor, std::uint64_t number) {
    if (listeners_.erase(number) != 0) {
        epoll_event ignored{};
        ::epoll_ctl(epoll_.native_handle(), EPOLL_CTL_DEL, descriptor, &ignored);
        if (listeners_.empty()) {
            error_code error;
            epoll_.cancel(error); // or the loop would have something to wait for
        }
    }
}

void Readiness::wait() {
    if (!std::exchange(isWaiting_, true)) {
        epoll_.async_wait(boost::asio::posix::stream_descriptor::wait_read, Turn(shared_from_this()));
    }
}

/// Nobody misses what is told only once because of what another one throws.
void Readiness::tell() {
    std::array<epoll_event, most> events;
    const int count = ::epoll_wait(epoll_.native_handle(), events.data(), events.size(), 0);
    std::exception_ptr thrown;
    for (const epoll_event &event : std::span(events).first(static_cast<std::size_t>(std::max(count, 0)))) {
        const std::uint64_t number = event.data.u64; // no reference: the event is packed
        const auto found = listeners_.find(number);
        if (found != listeners_.end()) {
            const std::uint32_t flags = event.events;
            const bool failed = (flags & (EPOLLERR | EPOLLHUP)) != 0;
            const bool ended = failed || (flags & EPOLLRDHUP) != 0;
            try {
                found->second->onReady({ended || (flags & EPOLLIN) != 0, failed || (flags & EPOLLOUT) != 0, ended});
            } catch (...) {
                thrown = std::current_exception();
            }
        }
    }
    if (!listeners_.empty()) {
        wait();
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
}

void Readiness::abandon() {
    isWaiting_ = false;
    while (!listeners_.empty()) {
        Listener *const listener = listeners_.begin()->second;
        listeners_.erase(listeners_.begin());
        listener->onAbandoned();
    }
}

} // namespace rtms
