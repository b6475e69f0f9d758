#include "support/gateway.h"

#include <stdexcept>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include "support/client.h"

namespace rtms::test {

namespace asio = boost::asio;
using asio::ip::tcp;

Gateway::Gateway(std::optional<Certificate> certificate)
    : certificate_(std::move(certificate)), acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      port_(acceptor_.local_endpoint().port()), acceptThread_([this] { acceptAll(); }) {}

Gateway::~Gateway() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
        for (Session &session : sessions_) {
            ::shutdown(session.descriptor, SHUT_RDWR);
        }
    }
    changed_.notify_all();
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
    acceptThread_.join();
    for (Session &session : sessions_) {
        session.thread.join();
        ::close(session.descriptor);
    }
}

void Gateway::on(const std::string &path, Script script) {
    const std::scoped_lock lock(mutex_);
    scripts_[path] = std::move(script);
}

void Gateway::onAccept(AcceptScript script) {
    const std::scoped_lock lock(mutex_);
    acceptScript_ = std::move(script);
}

std::string Gateway::url(const std::string &path, const std::string &host) const {
    return (certificate_ ? "wss://" : "ws://") + host + ":" + std::to_string(port_) + path;
}

void Gateway::acceptAll() {
    for (;;) {
        boost::system::error_code error;
        tcp::socket socket = acceptor_.accept(error);
        const std::scoped_lock lock(mutex_);
        if (error || stopping_) {
            return;
        }
        const int descriptor = ::dup(socket.native_handle());
        sessions_.push_back({std::move(socket), descriptor, {}});
        Session &session = sessions_.back();
        session.thread = std::thread([this, &session] { serve(session); });
    }
}

void Gateway::serve(Session &session) {
    try {
        if (const auto script = acceptScript()) {
            script(*this, session.socket);
        } else {
            talk(session);
        }
    } catch (const std::exception &exception) {
        note(std::string("failed ") + exception.what());
    }
    ::shutdown(session.descriptor, SHUT_RDWR);
}

void Gateway::talk(Session &session) {
    std::string target;
    const std::unique_ptr<Peer> peer = acceptPeer(session.socket, certificate_ ? &*certificate_ : nullptr, target);
    note("accepted " + target);
    try {
        scriptFor(target)(*this, *peer);
    } catch (const std::exception &) {
        note("gone " + target);
    }
}

Gateway::AcceptScript Gateway::acceptScript() {
    const std::scoped_lock lock(mutex_);
    return acceptScript_;
}

Gateway::Script Gateway::scriptFor(const std::string &target) {
    const std::scoped_lock lock(mutex_);
    const auto found = scripts_.find(target);
    if (found == scripts_.end()) {
        throw std::runtime_error("no script for " + target);
    }
    return found->second;
}

void Gateway::note(const std::string &what) {
    const std::scoped_lock lock(mutex_);
    ++notes_[what];
    changed_.notify_all();
}

bool Gateway::awaitNote(const std::string &what, int times) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return notes_[what] >= times; });
}

int Gateway::notes(const std::string &what) {
    const std::scoped_lock lock(mutex_);
    return notes_[what];
}

void Gateway::awaitSignal(const std::string &what) {
    std::unique_lock lock(mutex_);
    const bool came = changed_.wait_for(lock, patience, [&] { return stopping_ || notes_["signal " + what] > 0; });
    if (!came || stopping_) {
        throw std::runtime_error("no signal " + what);
    }
}

} // namespace rtms::test
