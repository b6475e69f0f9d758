#include "loop/local_loop.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <pthread.h>

namespace rtms {

namespace {

/// A reader that frees space without calling rtms_loop_space() is noticed after this time.
constexpr std::chrono::milliseconds spaceInterval{100};
/// What abandon() waits at most for streams to end by themselves; sockets are closed, so there is nothing to wait for.
constexpr std::chrono::seconds abandonLimit{2};

void nameThread(std::string name) {
    name.resize(std::min<std::size_t>(name.size(), 15));
    ::pthread_setname_np(::pthread_self(), name.c_str());
}

} // namespace

LocalLoop::LocalLoop(std::string name, Ring ring, WakeSocket wake)
    : name_(std::move(name)), ring_(std::move(ring)), wake_(std::move(wake)), engine_(createEngine(context_)) {}

LocalLoop::~LocalLoop() { abandon(); }

void LocalLoop::start() {
    thread_ = std::thread([this] { main(); });
}

void LocalLoop::main() {
    nameThread(name_);
    const auto work = boost::asio::make_work_guard(context_);
    guard([this] { context_.run(); });
    wake_.close();
}

void LocalLoop::poll() {
    context_.restart();
    guard([this] { context_.poll(); });
}

/// A task that throws is told of and does not keep the others from being run.
template <class Run> void LocalLoop::guard(Run run) {
    for (;;) {
        try {
            run();
            return;
        } catch (const std::exception &exception) {
            Record record;
            record.kind = RTMS_KIND_LOG;
            record.arrival = monotonicNanos();
            record.code = static_cast<std::int32_t>(StreamHost::Level::error);
            record.payload = exception.what();
            outbox_.write(record);
        }
    }
}

bool LocalLoop::enqueue(std::function<void()> task) {
    const std::scoped_lock lock(mutex_);
    if (!accepting_) {
        return false;
    }
    boost::asio::post(context_, std::move(task));
    return true;
}

std::shared_ptr<StreamState> LocalLoop::createStream(std::int64_t handle) {
    auto state = std::make_shared<StreamState>(handle);
    return addStream(std::make_shared<StreamHost>(*this, state)) ? state : nullptr;
}

bool LocalLoop::addStream(const std::shared_ptr<StreamHost> &host) {
    return enqueue([this, host] { streams_.emplace(host->handle(), Entry{host, engine_->createStream(host)}); });
}

std::int32_t LocalLoop::post(std::int64_t stream, Command command) {
    const bool posted = enqueue([this, stream, command = std::move(command)] {
        const auto found = streams_.find(stream);
        if (found != streams_.end()) {
            carryOut(command, *found->second.stream);
        }
    });
    return posted ? RTMS_OK : RTMS_E_STOPPED;
}

std::int32_t LocalLoop::join(const std::shared_ptr<StreamState> &state, StreamOptions options) {
    if (!state->claim()) {
        return RTMS_E_STATE;
    }
    std::int32_t result = RTMS_E_RESOURCES;
    try {
        result = joinClaimed(state, std::move(options));
    } catch (...) {
    }
    if (result != RTMS_OK) {
        state->release();
    }
    return result;
}

std::int32_t LocalLoop::joinClaimed(const std::shared_ptr<StreamState> &state, StreamOptions options) {
    const bool posted = enqueue([this, state, options = std::move(options)]() mutable {
        ++attempts_;
        const auto found = streams_.find(state->handle());
        if (found != streams_.end()) {
            options.events = state->events(); // a change since the copy was made has found no attempt to tell
            found->second.stream->join(std::move(options));
        } else { // destroyed by another thread meanwhile; the join was accepted all the same
            StreamHost(*this, state).disconnected(RTMS_OK, 0, "the stream was destroyed");
        }
    });
    return posted ? RTMS_OK : RTMS_E_STOPPED;
}

void LocalLoop::endLost(std::int64_t stream, const std::string &reason) {
    enqueue([this, stream, reason] {
        const auto found = streams_.find(stream);
        if (found != streams_.end()) {
            ++attempts_;
            found->second.host->disconnected(RTMS_E_WORKER, 0, reason);
        }
    });
}

void LocalLoop::endWritten(std::int64_t stream) {
    const auto found = streams_.find(stream);
    if (found != streams_.end()) {
        found->second.host->state().endIsWritten();
    }
}

void LocalLoop::destroyStream(std::int64_t stream) {
    enqueue([this, stream] {
        const auto found = streams_.find(stream);
        if (found != streams_.end()) {
            found->second.stream->close({RTMS_OK, "the stream was destroyed", false});
            streams_.erase(found);
        }
    });
}

std::int32_t LocalLoop::pulse() {
    return enqueue([this] { writePulse(); }) ? RTMS_OK : RTMS_E_STOPPED;
}

void LocalLoop::writePulse() {
    std::chrono::milliseconds silence{0};
    for (const auto &[handle, entry] : streams_) {
        silence = std::max(silence, entry.stream->silence());
    }
    Record record;
    record.kind = RTMS_KIND_PULSE;
    record.arrival = monotonicNanos();
    record.code = static_cast<std::int32_t>(attempts_);
    record.detail = static_cast<std::int32_t>(
        std::min<std::chrono::milliseconds::rep>(silence.count(), std::numeric_limits<std::int32_t>::max()));
    outbox_.write(record);
}

void LocalLoop::space() {
    boost::asio::post(context_, [this] { drain(); });
}

void LocalLoop::stop() {
    const std::scoped_lock lock(mutex_);
    if (std::exchange(accepting_, false)) {
        boost::asio::post(context_, [this] { stopStreams(true); });
    }
}

void LocalLoop::abandon() {
    stop();
    const std::scoped_lock lock(joinMutex_);
    if (!thread_.joinable()) {
        return;
    }
    boost::asio::post(context_, [this] {
        abandoned_ = true;
        stopStreams(false);
        stopTimer_.expires_after(abandonLimit);
        stopTimer_.async_wait([this](const boost::system::error_code &error) {
            if (!error) {
                context_.stop();
            }
        });
    });
    thread_.join();
}

void LocalLoop::stopStreams(bool polite) {
    stopping_ = true;
    for (const auto &[handle, entry] : streams_) {
        entry.stream->close({RTMS_E_STOPPED, "the loop was stopped", polite});
    }
    finishIfDone();
}

void LocalLoop::attemptEnded() {
    --attempts_;
    finishIfDone();
}

/// When the present turn is over: a reader that is woken by the first of many records soon sleeps again, and each time
/// costs more than writing some of them. Where the loop ends before, the end of its socket wakes the reader.
void LocalLoop::wakeReader() {
    if (!std::exchange(isWakePosted_, true)) {
        boost::asio::post(context_, [this] {
            isWakePosted_ = false;
            wake_.wake();
        });
    }
}

void LocalLoop::drain() {
    const std::size_t before = outbox_.waitingBytes();
    const bool empty = outbox_.drain();
    if (before != 0 &&
        (empty || (before > Outbox::signalingBound && outbox_.waitingBytes() <= Outbox::signalingBound))) {
        for (const auto &[handle, entry] : streams_) {
            entry.stream->resumeReading();
        }
    }
    finishIfDone();
}

void LocalLoop::watchSpace() {
    spaceTimer_.expires_after(spaceInterval);
    spaceTimer_.async_wait([this](const boost::system::error_code &error) {
        if (!error) {
            drain();
            if (outbox_.waiting()) {
                watchSpace();
            }
        }
    });
}

void LocalLoop::finishIfDone() {
    if (!stopping_ || attempts_ != 0) {
        return;
    }
    if (!std::exchange(stoppedWritten_, true)) {
        Record record;
        record.kind = RTMS_KIND_LOOP_STOPPED;
        record.arrival = monotonicNanos();
        outbox_.write(record);
    }
    if (abandoned_ || !outbox_.waiting()) {
        context_.stop();
    }
}

} // namespace rtms
