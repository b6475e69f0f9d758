// The door: the functions of rtms.h. Arguments are checked, handles looked up, and no exception leaves.

#include "rtms.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "loop/engine.h"
#include "loop/handle_table.h"
#include "loop/local_loop.h"
#include "loop/loop.h"
#include "loop/record.h"
#include "worker/remote_loop.h"

namespace {

using rtms::Command;
using rtms::Loop;
using rtms::StreamHost;

struct StreamEntry {
    std::shared_ptr<Loop> loop;
    std::shared_ptr<rtms::StreamState> state;
};

/// Never destroyed: threads of the caller may still be inside at the process's end.
struct Tables {
    rtms::HandleTable<Loop> loops;
    rtms::HandleTable<StreamEntry> streams;
};

Tables &tables() {
    static auto *const all = new Tables;
    return *all;
}

template <class Function> auto guarded(Function function) -> decltype(function()) {
    try {
        return function();
    } catch (...) {
        return RTMS_E_RESOURCES; // memory, threads: everything else is handled where it happens
    }
}

template <class Function> std::int32_t withLoop(std::int64_t handle, Function function) {
    return guarded([&]() -> std::int32_t {
        const auto loop = tables().loops.find(handle);
        return loop ? function(*loop) : RTMS_E_NOT_EXIST;
    });
}

template <class Function> std::int32_t withStream(std::int64_t handle, Function function) {
    return guarded([&]() -> std::int32_t {
        const auto entry = tables().streams.find(handle);
        return entry ? function(*entry) : RTMS_E_NOT_EXIST;
    });
}

std::int32_t postTo(const StreamEntry &entry, Command::Kind kind, std::int64_t number = 0, bool on = false,
                    std::string text = "") {
    return entry.loop->post(entry.state->handle(), {kind, number, on, std::move(text)});
}

/// What can keep a loop from being started, as an error.
template <class Start> auto startErrors(Start start) -> decltype(start()) {
    try {
        return start();
    } catch (const std::invalid_argument &) {
        return RTMS_E_INVALID_ARGUMENT;
    } catch (const rtms::WakeError &) {
        return RTMS_E_WAKE;
    } catch (const rtms::WorkerError &) {
        return RTMS_E_WORKER;
    }
}

/// make: of a ring's capacity, a loop.
template <class Make>
std::int64_t createLoop(const char *name, std::int64_t ringBytes, const char *wakePath, Make make) {
    if (name == nullptr || wakePath == nullptr || ringBytes < 1 || ringBytes > RTMS_RING_MAX_BYTES) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    const auto wanted = std::max<std::size_t>(static_cast<std::size_t>(ringBytes), RTMS_RING_MIN_BYTES);
    return startErrors([&] {
        std::shared_ptr<Loop> loop = make(std::bit_ceil(wanted));
        const std::int64_t handle = rtms::nextHandle();
        tables().loops.add(handle, std::move(loop));
        return handle;
    });
}

std::int32_t join(const StreamEntry &entry) {
    rtms::StreamOptions options = entry.state->options();
    const bool usable = options.check() == RTMS_OK && rtms::checkOptions(options) == RTMS_OK;
    return usable ? entry.loop->join(entry.state, std::move(options)) : RTMS_E_INVALID_ARGUMENT;
}

/// A text that is never freed: of those there are a few different ones in a process's life.
const char *forEver(const std::string &text) {
    static std::mutex mutex;
    static auto *const texts = new std::set<std::string>;
    const std::scoped_lock lock(mutex);
    return texts->insert(text).first->c_str();
}

} // namespace

extern "C" {

std::int32_t rtms_abi_version(void) { return RTMS_ABI_VERSION; }

const char *rtms_version(void) { return rtms::engineVersion(); }

const char *rtms_strerror(std::int32_t code) {
    switch (code) {
    case RTMS_OK:
        return "success";
    case RTMS_E_INVALID_ARGUMENT:
        return "an argument is missing, malformed or out of range";
    case RTMS_E_NOT_EXIST:
        return "no loop or stream has this handle";
    case RTMS_E_STATE:
        return "not possible in the present state";
    case RTMS_E_RESOURCES:
        return "out of memory, threads or file descriptors";
    case RTMS_E_WAKE:
        return "the wake-up socket cannot be connected";
    case RTMS_E_RESOLVE:
        return "the host name cannot be resolved";
    case RTMS_E_CONNECT:
        return "the TCP connection failed";
    case RTMS_E_TLS:
        return "the TLS handshake or the certificate check failed";
    case RTMS_E_UPGRADE:
        return "the server did not accept the WebSocket upgrade";
    case RTMS_E_TIMEOUT:
        return "no answer within the time-out";
    case RTMS_E_STATUS:
        return "the server refused the handshake";
    case RTMS_E_PROTOCOL:
        return "the peer broke the protocol";
    case RTMS_E_TOO_LARGE:
        return "a message was larger than allowed";
    case RTMS_E_CLOSED:
        return "the peer closed the socket";
    case RTMS_E_KEEP_ALIVE:
        return "the peer sent no keep-alive requests";
    case RTMS_E_NO_MEDIA:
        return "none of the requested media can be had";
    case RTMS_E_STOPPED:
        return "the loop was stopped";
    case RTMS_E_PROXY:
        return "the proxy cannot be reached or refuses";
    case RTMS_E_WORKER:
        return "the loop's process ended, or cannot be started";
    default:
        return "unknown result";
    }
}

std::int64_t rtms_loop_create(const char *name, std::int64_t ring_bytes, const char *wake_path) {
    return guarded([&] {
        return createLoop(name, ring_bytes, wake_path, [&](std::size_t capacity) {
            auto loop = std::make_shared<rtms::LocalLoop>(name, rtms::Ring(capacity), rtms::WakeSocket(wake_path));
            loop->start();
            return loop;
        });
    });
}

std::int64_t rtms_loop_create_isolated(const char *name, std::int64_t ring_bytes, const char *wake_path,
                                       const char *worker, const char *library) {
    if (worker == nullptr || library == nullptr) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return guarded([&] {
        return createLoop(name, ring_bytes, wake_path, [&](std::size_t capacity) {
            return std::make_shared<rtms::RemoteLoop>(rtms::WorkerProgram{worker, library, name}, capacity, wake_path);
        });
    });
}

std::int32_t rtms_loop_kill(std::int64_t loop) {
    return withLoop(loop, [](Loop &found) { return found.kill(); });
}

std::int32_t rtms_loop_restart(std::int64_t loop, const char *wake_path) {
    if (wake_path == nullptr) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withLoop(loop, [&](Loop &found) { return startErrors([&] { return found.restart(wake_path); }); });
}

std::int64_t rtms_loop_process(std::int64_t loop) {
    const auto found = tables().loops.find(loop);
    return found ? found->process() : RTMS_E_NOT_EXIST;
}

const char *rtms_loop_engine(std::int64_t loop) {
    const auto found = tables().loops.find(loop);
    return found ? forEver(found->engine()) : nullptr;
}

void *rtms_loop_ring(std::int64_t loop) {
    const auto found = tables().loops.find(loop);
    return found ? found->ring().place() : nullptr;
}

std::int64_t rtms_loop_ring_bytes(std::int64_t loop) {
    const auto found = tables().loops.find(loop);
    return found ? static_cast<std::int64_t>(found->ring().bytes()) : RTMS_E_NOT_EXIST;
}

std::int32_t rtms_loop_set_tls(std::int64_t loop, const char *ca_file, std::int32_t verify) {
    if (ca_file == nullptr || (verify != 0 && verify != 1)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withLoop(loop, [&](Loop &found) {
        const std::int32_t usable = rtms::checkString(RTMS_STRING_CA_FILE, ca_file);
        return usable == RTMS_OK ? found.setTls(ca_file, verify == 1) : usable;
    });
}

std::int32_t rtms_loop_space(std::int64_t loop) {
    return withLoop(loop, [](Loop &found) {
        found.space();
        return RTMS_OK;
    });
}

std::int32_t rtms_set_log_level(std::int32_t level) {
    if (level < 0 || level > static_cast<std::int32_t>(StreamHost::Level::trace)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    const auto most = static_cast<StreamHost::Level>(level);
    if (most == StreamHost::logLevel()) {
        return RTMS_OK;
    }
    StreamHost::setLogLevel(most);
    return guarded([]() -> std::int32_t {
        for (const auto &loop : tables().loops.all()) {
            loop->logLevelChanged();
        }
        return RTMS_OK;
    });
}

std::int32_t rtms_loop_pulse(std::int64_t loop) {
    return withLoop(loop, [](Loop &found) { return found.pulse(); });
}

std::int32_t rtms_loop_stop(std::int64_t loop) {
    return withLoop(loop, [](Loop &found) {
        found.stop();
        return RTMS_OK;
    });
}

std::int32_t rtms_loop_destroy(std::int64_t loop) {
    return guarded([&]() -> std::int32_t {
        const std::shared_ptr<Loop> taken = tables().loops.take(loop);
        if (!taken) {
            return RTMS_E_NOT_EXIST;
        }
        tables().streams.eraseIf([&](const StreamEntry &entry) { return entry.loop == taken; });
        taken->abandon();
        return RTMS_OK;
    });
}

std::int64_t rtms_stream_create(std::int64_t loop) {
    return guarded([&]() -> std::int64_t {
        const std::shared_ptr<Loop> found = tables().loops.find(loop);
        if (!found) {
            return RTMS_E_NOT_EXIST;
        }
        const std::int64_t handle = rtms::nextHandle();
        auto state = found->createStream(handle);
        if (!state) {
            return RTMS_E_STOPPED;
        }
        tables().streams.add(handle, std::make_shared<StreamEntry>(StreamEntry{found, std::move(state)}));
        if (!tables().loops.find(loop)) { // destroyed meanwhile, perhaps before this entry could be seen
            tables().streams.take(handle);
            return RTMS_E_NOT_EXIST;
        }
        return handle;
    });
}

std::int32_t rtms_stream_set_string(std::int64_t stream, std::int32_t option, const char *value) {
    if (value == nullptr) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) {
        const std::int32_t usable = rtms::checkString(option, value);
        return usable == RTMS_OK ? entry.state->setString(option, value) : usable;
    });
}

std::int32_t rtms_stream_set_int(std::int64_t stream, std::int32_t option, std::int64_t value) {
    return withStream(stream, [&](const StreamEntry &entry) { return entry.state->setInt(option, value); });
}

std::int32_t rtms_stream_subscribe(std::int64_t stream, std::int32_t event_type, std::int32_t on) {
    if (event_type < 1 || (on != 0 && on != 1)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) {
        const std::int32_t result = entry.state->subscribe(event_type, on == 1);
        if (result != RTMS_OK) {
            return result;
        }
        return postTo(entry, Command::Kind::subscribe, event_type, on == 1);
    });
}

std::int32_t rtms_stream_subscribe_video(std::int64_t stream, std::int64_t user_id, std::int32_t on) {
    if (user_id < 1 || (on != 0 && on != 1)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) {
        return postTo(entry, Command::Kind::subscribeVideo, user_id, on == 1);
    });
}

std::int32_t rtms_stream_query_stream_state(std::int64_t stream) {
    return withStream(stream, [](const StreamEntry &entry) {
        return entry.state->hasSignaling() ? postTo(entry, Command::Kind::queryStreamState) : RTMS_E_STATE;
    });
}

std::int32_t rtms_stream_query_session_state(std::int64_t stream, const char *session_id) {
    const std::string_view text(session_id == nullptr ? "" : session_id);
    if (text.empty() || text.size() > rtms::maximalSessionId || !rtms::isUsableText(text)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) {
        if (!entry.state->hasSignaling()) {
            return RTMS_E_STATE;
        }
        return postTo(entry, Command::Kind::querySessionState, 0, false, std::string(text));
    });
}

std::int32_t rtms_stream_join(std::int64_t stream) { return withStream(stream, join); }

std::int32_t rtms_stream_join_media(std::int64_t stream) {
    return withStream(stream, [](const StreamEntry &entry) {
        return entry.state->isJoined() ? postTo(entry, Command::Kind::joinMedia) : RTMS_E_STATE;
    });
}

std::int32_t rtms_stream_renew_media(std::int64_t stream, std::int64_t silent_ms) {
    if (silent_ms < 0) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) {
        return entry.state->isJoined() ? postTo(entry, Command::Kind::renewMedia, silent_ms) : RTMS_E_STATE;
    });
}

std::int32_t rtms_stream_pause(std::int64_t stream, std::int32_t level) {
    if (level < RTMS_READ_ALL || level > RTMS_READ_NOTHING) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) { return postTo(entry, Command::Kind::pause, level); });
}

std::int32_t rtms_stream_leave(std::int64_t stream) {
    return withStream(stream, [](const StreamEntry &entry) {
        return entry.state->running() ? postTo(entry, Command::Kind::leave) : RTMS_E_STATE;
    });
}

std::int32_t rtms_stream_close(std::int64_t stream) {
    return withStream(stream, [](const StreamEntry &entry) {
        return entry.state->running() ? postTo(entry, Command::Kind::close) : RTMS_E_STATE;
    });
}

std::int32_t rtms_stream_destroy(std::int64_t stream) {
    return guarded([&]() -> std::int32_t {
        const std::shared_ptr<StreamEntry> taken = tables().streams.take(stream);
        if (!taken) {
            return RTMS_E_NOT_EXIST;
        }
        taken->loop->destroyStream(stream);
        return RTMS_OK;
    });
}

} // extern "C"
