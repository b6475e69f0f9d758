#ifndef RTMS_TEST_SUPPORT_GATEWAY_H
#define RTMS_TEST_SUPPORT_GATEWAY_H

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "support/certificates.h"
#include "support/peer.h"

namespace rtms::test {

/// A WebSocket server on the loopback interface. What it does on a connection is the script registered for the path;
/// each runs on a thread of its own. Scripts talk to the test through note() and awaitNote().
class Gateway {
  public:
    using Script = std::function<void(Gateway &, Peer &)>;
    using AcceptScript = std::function<void(Gateway &, boost::asio::ip::tcp::socket &)>;

    /// With a certificate it speaks TLS.
    explicit Gateway(std::optional<Certificate> certificate = std::nullopt);
    ~Gateway();
    Gateway(const Gateway &) = delete;
    Gateway &operator=(const Gateway &) = delete;

    void on(const std::string &path, Script script);
    /// Instead of all scripts: what is done with the bare connection, which is then closed.
    void onAccept(AcceptScript script);

    std::uint16_t port() const { return port_; }
    std::string url(const std::string &path, const std::string &host = "127.0.0.1") const;

    void note(const std::string &what);
    /// False where this has not been noted so many times within the test's patience.
    bool awaitNote(const std::string &what, int times = 1);
    int notes(const std::string &what);

    /// For scripts: waits for the test, or throws when the gateway goes away.
    void awaitSignal(const std::string &what);
    /// Lets scripts pass.
    void signal(const std::string &what) { note("signal " + what); }

  private:
    struct Session {
        boost::asio::ip::tcp::socket socket; // its own thread's
        int descriptor;                      // a duplicate, over which others end the connection
        std::thread thread;
    };

    void acceptAll();
    void serve(Session &session);
    void talk(Session &session);
    AcceptScript acceptScript();
    Script scriptFor(const std::string &target);

    const std::optional<Certificate> certificate_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    const std::uint16_t port_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false;
    std::map<std::string, Script> scripts_;
    AcceptScript acceptScript_;
    std::map<std::string, int> notes_;
    std::list<Session> sessions_;
    std::thread acceptThread_;
};

} // namespace rtms::test

#endif
