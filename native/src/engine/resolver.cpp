#include "engine/resolver.h"

#include <cstring>
#include <mutex>
#include <thread>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <netdb.h>

namespace rtms {

namespace asio = boost::asio;
using asio::ip::tcp;

/// Where the thread of a look-up leaves its answer. Without a resolver the look-up was cancelled, and the io_context
/// may be gone.
struct Resolver::Mailbox {
    std::mutex mutex;
    Resolver *resolver;
};

namespace {

Resolver::Result ask(const std::string &host, std::uint16_t port) {
    Resolver::Result result;
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *addresses = nullptr;
    const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &addresses);
    if (error != 0) {
        result.error = ::gai_strerror(error);
        return result;
    }
    for (const addrinfo *address = addresses; address != nullptr; address = address->ai_next) {
        tcp::endpoint endpoint;
        if (address->ai_addrlen <= endpoint.capacity()) {
            std::memcpy(endpoint.data(), address->ai_addr, address->ai_addrlen);
            endpoint.resize(address->ai_addrlen);
            endpoint.port(port);
            result.endpoints.push_back(endpoint);
        }
    }
    ::freeaddrinfo(addresses);
    return result;
}

} // namespace

Resolver::Resolver(asio::io_context &context)
    : context_(context), answered_(context, asio::steady_timer::time_point::max()) {}

Resolver::~Resolver() { cancel(); }

void Resolver::cancel() {
    if (const auto mailbox = std::exchange(mailbox_, nullptr)) {
        const std::scoped_lock lock(mailbox->mutex);
        mailbox->resolver = nullptr;
    }
    answered_.cancel();
}

void Resolver::answer(Result result) {
    result_ = std::move(result);
    mailbox_ = nullptr;
    answered_.cancel();
}

asio::awaitable<Resolver::Result> Resolver::resolve(std::string host, std::uint16_t port) {
    result_ = {};
    boost::system::error_code notAnAddress;
    const auto address = asio::ip::make_address(host, notAnAddress);
    if (!notAnAddress) {
        result_.endpoints.emplace_back(address, port);
        co_return result_;
    }
    const auto mailbox = std::make_shared<Mailbox>();
    mailbox->resolver = this;
    mailbox_ = mailbox;
    std::thread([mailbox, host = std::move(host), port, &context = context_] {
        Result found = ask(host, port);
        const std::scoped_lock lock(mailbox->mutex);
        if (mailbox->resolver != nullptr) { // then the io_context lives, and stays while the lock is held
            asio::post(context, [mailbox, found = std::move(found)]() mutable {
                if (mailbox->resolver != nullptr) {
                    mailbox->resolver->answer(std::move(found));
                }
            });
        }
    }).detach();
    while (mailbox_ == mailbox) {
        boost::system::error_code cancelled;
        co_await answered_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
    co_return result_;
}

} // namespace rtms
