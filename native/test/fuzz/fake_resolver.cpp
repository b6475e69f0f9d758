// The engine's resolver without name servers and threads: a name of even length has two addresses, another one none.

#include "engine/resolver.h"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rtms {

namespace asio = boost::asio;

struct Resolver::Mailbox {};

Resolver::Resolver(asio::io_context &context)
    : context_(context), answered_(context, asio::steady_timer::time_point::max()) {}

Resolver::~Resolver() = default;

void Resolver::cancel() { mailbox_ = nullptr; }

asio::awaitable<Resolver::Result> Resolver::resolve(std::string host, std::uint16_t port) {
    Result result;
    boost::system::error_code notAnAddress;
    const auto address = asio::ip::make_address(host, notAnAddress);
    if (!notAnAddress) {
        result.endpoints.emplace_back(address, port);
        co_return result;
    }
    const auto mailbox = std::make_shared<Mailbox>();
    mailbox_ = mailbox;
    co_await asio::post(context_, asio::use_awaitable);
    if (mailbox_ != mailbox) {
        co_return result; // cancelled
    }
    mailbox_ = nullptr;
    if (host.size() % 2 == 0) {
        result.endpoints.emplace_back(asio::ip::address_v6::loopback(), port);
        result.endpoints.emplace_back(asio::ip::address_v4::loopback(), port);
    } else {
        result.error = "there is no such name";
    }
    co_return result;
}

} // namespace rtms
