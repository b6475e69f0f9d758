#ifndef RTMS_ENGINE_RESOLVER_H
#define RTMS_ENGINE_RESOLVER_H

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

namespace rtms {

/// Looks up one host name on a thread of its own that nobody waits for. Asio's resolver would serve all look-ups of a
/// loop one after the other on one thread, and wait for it when the loop is destroyed: one dead name server would delay
/// every stream.
///
/// Threads: the loop's.
class Resolver {
  public:
    explicit Resolver(boost::asio::io_context &context);
    ~Resolver();
    Resolver(const Resolver &) = delete;
    Resolver &operator=(const Resolver &) = delete;

    struct Result {
        std::vector<boost::asio::ip::tcp::endpoint> endpoints; // empty: not found, or cancelled
        std::string error;
    };

    /// An address is taken as it is. Throws std::system_error where no thread can be had.
    boost::asio::awaitable<Result> resolve(std::string host, std::uint16_t port);

    void cancel();

  private:
    struct Mailbox;

    void answer(Result result);

    boost::asio::io_context &context_;
    boost::asio::steady_timer answered_;
    std::shared_ptr<Mailbox> mailbox_; // of the look-up that runs
    Result result_;
};

} // namespace rtms

#endif
