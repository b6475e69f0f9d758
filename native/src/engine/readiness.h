#ifndef RTMS_ENGINE_READINESS_H
#define RTMS_ENGINE_READINESS_H

#include <cstdint>
#include <memory>
#include <unordered_map>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/system/error_code.hpp>

namespace rtms {

/// Tells the sockets of a loop when they may be read or written. Asio's own waiting costs a system call for each wait;
/// here a socket is added once, and all that are ready in a turn are told together.
///
/// Threads: the loop's.
class Readiness : public std::enable_shared_from_this<Readiness> {
  public:
    struct News {
        bool readable;
        bool writable;
        bool ended; // the last that there is to read has come; this is not told again
    };

    class Listener {
      public:
        /// Each time that something comes or goes, not as long as it is so.
        virtual void onReady(News news) = 0;
        /// The loop is gone, and nothing will be ready any more: whatever waits is to be dropped.
        virtual void onAbandoned() = 0;

      protected:
        ~Listener() = default;
    };

    /// Throws boost::system::system_error where the system has no descriptors left.
    explicit Readiness(boost::asio::io_context &context);

    /// Returns a number to remove it with, before its descriptor is closed; 0 where there is an error.
    std::uint64_t add(int descriptor, Listener &listener, boost::system::error_code &error);
    void remove(int descriptor, std::uint64_t number);

  private:
    class Turn;

    void wait();
    void tell();
    void abandon();

    boost::asio::posix::stream_descriptor epoll_;
    std::unordered_map<std::uint64_t, Listener *> listeners_; // a number that was removed names nobody
    std::uint64_t last_ = 0;
    bool isWaiting_ = false;
};

} // namespace rtms

#endif
