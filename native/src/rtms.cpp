// The door: the functions of rtms.h. Arguments are checked, handles looked up, and no exception leaves.

#include "rtms.h"

#include <bit>
#include <chrono>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "loop/handle_table.h"
#include "loop/loop.h"

namespace {

using rtms::Loop;
using rtms::StreamHost;

constexpr std::size_t maximalSessionId = 1024;

struct StreamEntry {
    std::shared_ptr<Loop> loop;
    std::shared_ptr<StreamHost> host;
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

std::int32_t postTo(const StreamEntry &entry, std::function<void(rtms::Stream &)> command) {
    return entry.loop->post(entry.host->handle(), std::move(command));
}

std::int64_t createLoop(const char *name, std::int64_t ringBytes, const char *wakePath) {
    if (name == nullptr || wakePath == nullptr || ringBytes < 1 || ringBytes > RTMS_RING_MAX_BYTES) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    const auto wanted = std::max<std::size_t>(static_cast<std::size_t>(ringBytes), RTMS_RING_MIN_BYTES);
    try {
        auto loop = std::make_shared<Loop>(name, std::bit_ceil(wanted), wakePath);
        loop->start();
        const std::int64_t handle = rtms::nextHandle();
        tables().loops.add(handle, std::move(loop));
        return handle;
    } catch (const std::invalid_argument &) {
        return RTMS_E_INVALID_ARGUMENT;
    } catch (const rtms::WakeError &) {
        return RTMS_E_WAKE;
    }
}

std::int32_t join(const StreamEntry &entry) {
    rtms::StreamOptions options = entry.host->options();
    const bool usable = options.check() == RTMS_OK && entry.loop->engine().check(options) == RTMS_OK;
    if (!usable) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    if (!entry.host->claim()) {
        return RTMS_E_STATE;
    }
    std::int32_t result = RTMS_E_RESOURCES;
    try {
        result = entry.loop->join(entry.host, std::move(options));
    } catch (...) {
    }
    if (result != RTMS_OK) {
        entry.host->release();
    }
    return result;
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
    default:
        return "unknown result";
    }
}

std::int64_t rtms_loop_create(const char *name, std::int64_t ring_bytes, const char *wake_path) {
    return guarded([&]() -> std::int64_t { return createLoop(name, ring_bytes, wake_path); });
}

void *rtms_loop_ring(std::int64_t loop) {
    const auto found = tables().loops.find(loop);
    return found ? found->ring().memory() : nullptr;
}

std::int64_t rtms_loop_ring_bytes(std::int64_t loop) {
    const auto found = tables().loops.find(loop);
    return found ? static_cast<std::int64_t>(found->ring().bytes()) : RTMS_E_NOT_EXIST;
}

std::int32_t rtms_loop_set_tls(std::int64_t loop, const char *ca_file, std::int32_t verify) {
    if (ca_file == nullptr || (verify != 0 && verify != 1)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withLoop(loop, [&](Loop &found) { return found.engine().setTls(ca_file, verify == 1); });
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
    StreamHost::setLogLevel(static_cast<StreamHost::Level>(level));
    return RTMS_OK;
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
        auto host = std::make_shared<StreamHost>(*found, handle);
        const std::int32_t result = found->createStream(host);
        if (result != RTMS_OK) {
            return result;
        }
        tables().streams.add(handle, std::make_shared<StreamEntry>(StreamEntry{found, std::move(host)}));
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
    return withStream(stream, [&](const StreamEntry &entry) { return entry.host->setString(option, value); });
}

std::int32_t rtms_stream_set_int(std::int64_t stream, std::int32_t option, std::int64_t value) {
    return withStream(stream, [&](const StreamEntry &entry) { return entry.host->setInt(option, value); });
}

std::int32_t rtms_stream_subscribe(std::int64_t stream, std::int32_t event_type, std::int32_t on) {
    if (event_type < 1 || (on != 0 && on != 1)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) {
        const std::int32_t result = entry.host->subscribe(event_type, on == 1);
        if (result != RTMS_OK) {
            return result;
        }
        return postTo(entry, [=](rtms::Stream &found) { found.subscribe(event_type, on == 1); });
    });
}

std::int32_t rtms_stream_subscribe_video(std::int64_t stream, std::int64_t user_id, std::int32_t on) {
    if (user_id < 1 || (on != 0 && on != 1)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) {
        return postTo(entry, [=](rtms::Stream &found) { found.subscribeVideo(user_id, on == 1); });
    });
}

std::int32_t rtms_stream_query_stream_state(std::int64_t stream) {
    return withStream(stream, [](const StreamEntry &entry) {
        return entry.host->hasSignaling() ? postTo(entry, [](rtms::Stream &found) { found.queryStreamState(); })
                                          : RTMS_E_STATE;
    });
}

std::int32_t rtms_stream_query_session_state(std::int64_t stream, const char *session_id) {
    const std::string_view text(session_id == nullptr ? "" : session_id);
    if (text.empty() || text.size() > maximalSessionId || !rtms::isUsableText(text)) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) {
        if (!entry.host->hasSignaling()) {
            return RTMS_E_STATE;
        }
        return postTo(entry, [id = std::string(text)](rtms::Stream &found) { found.querySessionState(id); });
    });
}

std::int32_t rtms_stream_join(std::int64_t stream) { return withStream(stream, join); }

std::int32_t rtms_stream_join_media(std::int64_t stream) {
    return withStream(stream, [](const StreamEntry &entry) {
        return entry.host->isJoined() ? postTo(entry, [](rtms::Stream &found) { found.joinMedia(); }) : RTMS_E_STATE;
    });
}

std::int32_t rtms_stream_renew_media(std::int64_t stream, std::int64_t silent_ms) {
    if (silent_ms < 0) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) {
        const std::chrono::milliseconds silence(silent_ms);
        return entry.host->isJoined() ? postTo(entry, [=](rtms::Stream &found) { found.renewMedia(silence); })
                                      : RTMS_E_STATE;
    });
}

std::int32_t rtms_stream_pause(std::int64_t stream, std::int32_t level) {
    if (level < RTMS_READ_ALL || level > RTMS_READ_NOTHING) {
        return RTMS_E_INVALID_ARGUMENT;
    }
    return withStream(stream, [&](const StreamEntry &entry) {
        return postTo(entry, [=](rtms::Stream &found) { found.pause(static_cast<rtms::Reading>(level)); });
    });
}

std::int32_t rtms_stream_leave(std::int64_t stream) {
    return withStream(stream, [](const StreamEntry &entry) {
        return entry.host->running() ? postTo(entry, [](rtms::Stream &found) { found.leave(); }) : RTMS_E_STATE;
    });
}

std::int32_t rtms_stream_close(std::int64_t stream) {
    return withStream(stream, [](const StreamEntry &entry) {
        return entry.host->running() ? postTo(entry,
                                              [](rtms::Stream &found) {
                                                  found.close({RTMS_OK, "closed", true});
                                              })
                                     : RTMS_E_STATE;
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
