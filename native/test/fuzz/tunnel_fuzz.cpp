// An HTTP proxy's answer to CONNECT: the tunnel is open or it is not, and after its end nothing waits any more. The
// first byte of the input says where the answer is cut in two.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/tunnel.h"
#include "fuzz/fake_network.h"
#include "fuzz/require.h"
#include "rtms.h"

namespace {

namespace asio = boost::asio;
using rtms::fuzz::require;

void poll(asio::io_context &context) {
    context.restart();
    context.poll();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    static asio::io_context context{1};
    static const rtms::Proxy proxy{"proxy.example", 3128, "Basic eDp5"};
    static const std::string server = "media.example:443";
    const auto [ours, theirs] = rtms::fuzz::FakeNetwork::pair();
    asio::ip::tcp::socket socket(context, asio::ip::tcp::v4(), ours);
    bool over = false;
    std::optional<rtms::Ending> failure;
    asio::co_spawn(context, rtms::openTunnel(socket, proxy, server),
                   [&](std::exception_ptr exception, std::optional<rtms::Ending> result) {
                       require(exception == nullptr, "nothing is thrown");
                       over = true;
                       failure = std::move(result);
                   });
    poll(context);
    require(!over, "a proxy that has not answered opens no tunnel");
    const std::string_view answer(reinterpret_cast<const char *>(bytes) + 1, size - 1);
    const std::size_t cut = answer.size() * bytes[0] / 256;
    ::send(theirs, answer.data(), cut, MSG_NOSIGNAL);
    poll(context);
    ::send(theirs, answer.data() + cut, answer.size() - cut, MSG_NOSIGNAL);
    poll(context);
    ::close(theirs);
    poll(context);
    require(over, "a proxy that has gone keeps nobody waiting");
    if (failure) {
        require(failure->code == RTMS_E_PROXY, "the proxy is to blame");
        require(failure->reason.find("eDp5") == std::string::npos, "no secret is told");
        require(failure->detail >= 0 && failure->detail <= 999, "the status is HTTP's");
    }
    return 0;
}
