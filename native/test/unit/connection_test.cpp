#include "engine/connection.h"

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include "fuzz/fake_network.h"
#include "fuzz/fake_server.h"
#include "rtms.h"

namespace rtms {
namespace {

namespace asio = boost::asio;
using fuzz::FakeNetwork;
using fuzz::FakeServer;
using namespace std::chrono_literals;

/// On a network where time stands still, so that a test says what happens between what.
class ConnectionTest : public testing::Test {
  protected:
    ~ConnectionTest() override { FakeNetwork::reset(); }

    void open(const std::string &servers) {
        const auto note = [this](const std::exception_ptr &thrown) {
            opened_ = !thrown;
            try {
                if (thrown) {
                    std::rethrow_exception(thrown);
                }
            } catch (const Ending &ending) {
                ending_ = ending;
            }
        };
        asio::co_spawn(context_, connection_->open(parseServerList(servers), timeOfOne), note);
        run();
    }

    /// All that needs no more time.
    void run() {
        context_.restart();
        context_.poll();
    }

    void pass(std::chrono::milliseconds time) {
        FakeNetwork::advance(time);
        run();
    }

    static constexpr std::chrono::milliseconds timeOfOne{4000};

    asio::io_context context_{1};
    std::shared_ptr<Connection> connection_ = std::make_shared<Connection>(
        context_, std::make_shared<LoopResources>(context_), TlsClient{}, std::nullopt, 65'536);
    bool opened_ = false;
    std::optional<Ending> ending_;
};

TEST_F(ConnectionTest, ACloseBetweenTwoServersIsNotForgotten) {
    open("ws://127.0.0.1/first,ws://127.0.0.1/second");
    const FakeServer first(FakeNetwork::takeConnected().at(0));
    // The first server's time is over, and the close comes before the coroutine has heard of it.
    asio::post(context_, [this] { asio::post(context_, [this] { connection_->close({RTMS_OK, 0, "closed"}); }); });
    pass(timeOfOne);
    EXPECT_TRUE(FakeNetwork::takeConnected().empty());
    EXPECT_TRUE(ending_);
    connection_->end({RTMS_OK, 0, "the test is over"});
    run();
}

TEST_F(ConnectionTest, AnAddressThatDoesNotAnswerLeavesTheNextOneItsShareOfTheTime) {
    open("ws://name:" + std::to_string(FakeNetwork::blackHole) + "/");
    pass(timeOfOne / 2 - 1ms);
    EXPECT_TRUE(FakeNetwork::takeConnected().empty());
    pass(1ms);
    const std::vector<int> connected = FakeNetwork::takeConnected();
    ASSERT_EQ(connected.size(), 1U);
    FakeServer second(connected[0]);
    second.read();
    second.answer();
    run();
    EXPECT_TRUE(opened_);
    connection_->end({RTMS_OK, 0, "the test is over"});
    run();
}

TEST_F(ConnectionTest, AServerOfWhichNoAddressAnswersTakesNoMoreThanItsTime) {
    open("ws://[::1]:" + std::to_string(FakeNetwork::blackHole) + "/");
    pass(timeOfOne - 1ms);
    EXPECT_FALSE(ending_);
    pass(1ms);
    ASSERT_TRUE(ending_);
    EXPECT_EQ(ending_->code, RTMS_E_TIMEOUT);
}

} // namespace
} // namespace rtms
