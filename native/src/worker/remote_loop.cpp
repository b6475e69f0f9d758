#include "worker/remote_loop.h"

#include <chrono>
#include <new>
#include <utility>

#include "loop/ring.h"
#include "loop/stream_host.h"
#include "worker/wire.h"

namespace rtms {

namespace {

/// Streams of one loop at a time; four times what one thread could drive.
constexpr std::size_t mostStreams = 65'536;
/// What abandon() waits for a worker to close its sockets.
constexpr std::chrono::seconds abandonLimit{2};

std::string logLevelOrder() {
    return OrderWriter(Order::logLevel).number(static_cast<std::int64_t>(StreamHost::logLevel())).take();
}

std::string commandOrder(std::int64_t stream, const Command &command) {
    return OrderWriter(Order::command).number(stream).command(command).take();
}

} // namespace

RemoteLoop::RemoteLoop(WorkerProgram program, std::size_t ringBytes, const std::string &wakePath)
    : program_(std::move(program)), ring_(Memory::shareable("rtms-ring", Ring::bytesFor(ringBytes))),
      phases_(Memory::shareable("rtms-phases", mostStreams * sizeof(std::uint64_t))) {
    Ring::format(ring_);
    worker_ = spawn(wakePath);
    send(logLevelOrder());
}

RemoteLoop::~RemoteLoop() { abandon(); }

std::unique_ptr<WorkerProcess> RemoteLoop::spawn(const std::string &wakePath) {
    const WakeSocket wake(wakePath); // the worker's copy alone stays open
    return std::make_unique<WorkerProcess>(program_, ring_.descriptor(), phases_.descriptor(), wake.descriptor());
}

std::uint64_t &RemoteLoop::phase(std::size_t place) {
    return reinterpret_cast<std::uint64_t *>(phases_.place())[place];
}

void RemoteLoop::send(std::string bytes) {
    if (worker_) {
        worker_->send(std::move(bytes));
    }
}

std::int32_t RemoteLoop::order(std::string bytes) {
    const std::scoped_lock lock(mutex_);
    if (!accepting_) {
        return RTMS_E_STOPPED;
    }
    send(std::move(bytes));
    return RTMS_OK;
}

std::shared_ptr<StreamState> RemoteLoop::createStream(std::int64_t handle) {
    const std::scoped_lock lock(mutex_);
    if (!accepting_) {
        return nullptr;
    }
    if (freePlaces_.empty() && usedPlaces_ == mostStreams) {
        throw std::bad_alloc();
    }
    std::size_t place = usedPlaces_;
    if (freePlaces_.empty()) {
        ++usedPlaces_;
    } else {
        place = freePlaces_.back();
        freePlaces_.pop_back();
    }
    PhaseWord(phase(place), handle).take();
    Kept kept{.state = std::make_shared<StreamState>(handle, phase(place)), .place = place};
    tell(kept, "");
    return streams_.emplace(handle, std::move(kept)).first->second.state;
}

/// Has a worker know a stream that is new to it.
void RemoteLoop::tell(const Kept &kept, const std::string &ending) {
    const std::int64_t stream = kept.state->handle();
    send(OrderWriter(Order::create).number(stream).number(static_cast<std::int64_t>(kept.place)).take());
    for (const std::int32_t event : kept.state->events()) {
        send(commandOrder(stream, {.kind = Command::Kind::subscribe, .number = event, .on = true}));
    }
    if (kept.reading != RTMS_READ_ALL) {
        send(commandOrder(stream, {.kind = Command::Kind::pause, .number = kept.reading}));
    }
    if (kept.video) {
        send(commandOrder(stream, {.kind = Command::Kind::subscribeVideo, .number = *kept.video, .on = true}));
    }
    if (kept.state->owesEnd()) {
        send(OrderWriter(Order::endLost).number(stream).text(ending).take());
    }
}

void RemoteLoop::keep(Kept &kept, const Command &command) {
    if (command.kind == Command::Kind::pause) {
        kept.reading = command.number;
    } else if (command.kind == Command::Kind::subscribeVideo && command.on) {
        kept.video = command.number;
    } else if (command.kind == Command::Kind::subscribeVideo && kept.video == command.number) {
        kept.video.reset();
    }
}

std::int32_t RemoteLoop::post(std::int64_t stream, Command command) {
    const std::scoped_lock lock(mutex_);
    if (!accepting_) {
        return RTMS_E_STOPPED;
    }
    const auto found = streams_.find(stream);
    if (found != streams_.end()) {
        keep(found->second, command);
        send(commandOrder(stream, command));
    }
    return RTMS_OK;
}

std::int32_t RemoteLoop::join(const std::shared_ptr<StreamState> &state, StreamOptions options) {
    const std::scoped_lock lock(mutex_);
    if (!streams_.contains(state->handle())) {
        return RTMS_E_NOT_EXIST; // destroyed by another thread meanwhile
    }
    // Claimed under the lock: a restart ends what was claimed before it, and nothing else.
    if (!state->claim()) {
        return RTMS_E_STATE;
    }
    if (!accepting_) {
        state->release();
        return RTMS_E_STOPPED;
    }
    send(OrderWriter(Order::join).number(state->handle()).options(options).take());
    return RTMS_OK;
}

void RemoteLoop::destroyStream(std::int64_t stream) {
    const std::scoped_lock lock(mutex_);
    const auto found = streams_.find(stream);
    if (found != streams_.end()) {
        freePlaces_.push_back(found->second.place);
        streams_.erase(found);
        send(OrderWriter(Order::destroy).number(stream).take());
    }
}

std::int32_t RemoteLoop::setTls(const std::string &caFile, bool verify) {
    const std::scoped_lock lock(mutex_);
    tls_ = OrderWriter(Order::tls).text(caFile).number(verify).take();
    send(*tls_);
    return RTMS_OK;
}

void RemoteLoop::logLevelChanged() { order(logLevelOrder()); }

std::int32_t RemoteLoop::pulse() { return order(OrderWriter(Order::pulse).take()); }

void RemoteLoop::space() {
    const std::scoped_lock lock(mutex_);
    send(OrderWriter(Order::space).take()); // a loop that stops needs it too
}

void RemoteLoop::stop() {
    const std::scoped_lock lock(mutex_);
    if (std::exchange(accepting_, false)) {
        send(OrderWriter(Order::stop).take());
    }
}

void RemoteLoop::abandon() {
    stop();
    const std::scoped_lock lock(mutex_);
    if (worker_) {
        worker_->finish();
        worker_->awaitEnd(abandonLimit);
        worker_.reset(); // kills one that hangs
    }
}

std::string RemoteLoop::engine() const {
    const std::scoped_lock lock(mutex_);
    return worker_ ? worker_->engine() : "";
}

pid_t RemoteLoop::process() const {
    const std::scoped_lock lock(mutex_);
    return worker_ ? worker_->pid() : 0;
}

std::int32_t RemoteLoop::kill() {
    const std::scoped_lock lock(mutex_);
    if (worker_) {
        worker_->kill();
    }
    return RTMS_OK;
}

std::int32_t RemoteLoop::restart(const std::string &wakePath) {
    const std::scoped_lock lock(mutex_);
    if (!accepting_) {
        return RTMS_E_STOPPED;
    }
    if (worker_) {
        // One that has closed its wake-up socket is about to end: how, its status says, unless it hangs.
        if (!worker_->awaitEnd(std::chrono::milliseconds(100))) {
            worker_->kill();
        }
        ending_ = worker_->ending();
        worker_.reset();
    }
    Ring::format(ring_);
    worker_ = spawn(wakePath);
    send(logLevelOrder());
    if (tls_) {
        send(*tls_);
    }
    for (const auto &[handle, kept] : streams_) {
        tell(kept, ending_);
    }
    return RTMS_OK;
}

} // namespace rtms
