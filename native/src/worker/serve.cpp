#include "worker/serve.h"

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include <unistd.h>

#include "loop/engine.h"
#include "loop/local_loop.h"
#include "loop/stream_host.h"
#include "rtms.h"
#include "worker/process.h"
#include "worker/wire.h"

namespace rtms {

namespace {

/// Seconds after which a worker whose owner is gone ends in any case.
constexpr unsigned endLimit = 5;

class Server {
  public:
    explicit Server(const std::string &name)
        : phases_(Memory::of(WorkerDescriptors::phases)),
          loop_(name, Ring(Memory::of(WorkerDescriptors::ring)), WakeSocket(WorkerDescriptors::wake)) {
        loop_.start();
    }

    void carryOut(OrderReader reader) {
        switch (reader.order()) {
        case Order::tls: {
            const std::string caFile = reader.text();
            loop_.setTls(caFile, reader.number() != 0);
            break;
        }
        case Order::logLevel:
            StreamHost::setLogLevel(static_cast<StreamHost::Level>(reader.number()));
            break;
        case Order::create:
            create(reader);
            break;
        case Order::destroy: {
            const std::int64_t stream = reader.number();
            streams_.erase(stream);
            loop_.destroyStream(stream);
            break;
        }
        case Order::command:
            command(reader);
            break;
        case Order::join: {
            const std::shared_ptr<StreamState> state = streams_.at(reader.number());
            loop_.joinClaimed(state, reader.options());
            break;
        }
        case Order::endLost: {
            const std::int64_t stream = reader.number();
            loop_.endLost(stream, reader.text());
            break;
        }
        case Order::pulse:
            loop_.pulse();
            break;
        case Order::space:
            loop_.space();
            break;
        case Order::stop:
            loop_.stop();
            break;
        }
    }

    void end() { loop_.abandon(); }

  private:
    void create(OrderReader &reader) {
        const std::int64_t handle = reader.number();
        const std::int64_t place = reader.number();
        if (place < 0 || static_cast<std::size_t>(place) >= phases_.bytes() / sizeof(std::uint64_t)) {
            throw std::runtime_error("a stream without a place");
        }
        auto state = std::make_shared<StreamState>(handle, reinterpret_cast<std::uint64_t *>(phases_.place())[place]);
        loop_.addStream(std::make_shared<StreamHost>(loop_, state));
        streams_.emplace(handle, std::move(state));
    }

    void command(OrderReader &reader) {
        const std::int64_t stream = reader.number();
        Command command = reader.command();
        if (command.kind == Command::Kind::subscribe) {
            streams_.at(stream)->subscribe(static_cast<std::int32_t>(command.number), command.on);
        }
        loop_.post(stream, std::move(command));
    }

    Memory phases_;
    LocalLoop loop_;
    std::unordered_map<std::int64_t, std::shared_ptr<StreamState>> streams_;
};

} // namespace

void serve(const std::string &name) {
    // Whoever ends a whole group of processes ends the owner, who needs this one for its farewells; and foreign code
    // may write to sockets that are closed.
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGPIPE}) {
        ::signal(signal, SIG_IGN);
    }
    Server server(name);
    sendMessage(WorkerDescriptors::channel, engineVersion());
    while (const auto order = receiveMessage(WorkerDescriptors::channel)) {
        server.carryOut(OrderReader(*order));
    }
    ::alarm(endLimit);
    server.end();
}

} // namespace rtms

extern "C" RTMS_API int rtms_worker_run(const char *name) {
    try {
        rtms::serve(name);
        return EXIT_SUCCESS;
    } catch (const std::exception &exception) {
        std::fprintf(stderr, "rtms-worker %s: %s\n", name, exception.what());
        return EXIT_FAILURE;
    }
}
