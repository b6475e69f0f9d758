#include "loop/loop.h"

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

Loop::Loop(std::string name, std::size_t ringBytes, const std::string &wakePath)
    : name_(std::move(name)), ring_(ringBytes), wake_(wakePath), engine_(createEngine(context_)) {}

Loop::~Loop() { abandon(); }

void Loop::start() {
    thread_ = std::thread([this] { main(); });
}

void Loop::main() {
    nameThread(name_);
    const auto work = boost::asio::make_work_guard(context_);
    guard([this] { context_.run(); });
    wake_.close();
}

void Loop::poll() {
    context_.restart();
    guard([this] { context_.poll(); });
}

/// A task that throws is told of and does not keep the others from being run.
template <class Run> void Loop::guard(Run run) {
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

bool Loop::enqueue(std::function<void()> task) {
    const std::scoped_lock lock(mutex_);
    if (!accepting_) {
        return false;
    }
    boost::asio::post(context_, std::move(task));
    return true;
}

std::int32_t Loop::createStream(const std::shared_ptr<StreamHost> &host) {
    const bool posted = enqueue([this, host] { streams_.emplace(host->handle(), engine_->createStream(host)); });
    return posted ? RTMS_OK : RTMS_E_STOPPED;
}

std::int32_t Loop::post(std::int64_t stream, std::function<void(Stream &)> command) {
    const bool posted = enqueue([this, stream, command = std::move(command)] {
        const auto found = streams_.find(stream);
        if (found != streams_.end()) {
            command(*found->second);
        }
    });
    return posted ? RTMS_OK : RTMS_E_STOPPED;
}

std::int32_t Loop::join(const std::shared_ptr<StreamHost> &host, StreamOptions options) {
    const bool posted = enqueue([this, host, options = std::move(options)]() mutable {
        ++attempts_;
        const auto found = streams_.find(host->handle());
        if (found != streams_.end()) {
            options.events = host->events(); // a change since the copy was made has found no attempt to tell
            found->second->join(std::move(options));
        } else { // destroyed by another thread meanwhile; the join was accepted all the same
            host->disconnected(RTMS_OK, 0, "the stream was destroyed");
        }
    });
    return posted ? RTMS_OK : RTMS_E_STOPPED;
}

void Loop::destroyStream(std::int64_t stream) {
    enqueue([this, stream] {
        const auto found = streams_.find(stream);
        if (found != streams_.end()) {
            found->second->close({RTMS_OK, "the stream was destroyed", false});
            streams_.erase(found);
        }
    });
}

std::int32_t Loop::pulse() {
    return enqueue([this] { writePulse(); }) ? RTMS_OK : RTMS_E_STOPPED;
}

void Loop::writePulse() {
    std::chrono::milliseconds silence{0};
    for (const auto &[handle, stream] : streams_) {
        silence = std::max(silence, stream->silence());
    }
    Record record;
    record.kind = RTMS_KIND_PULSE;
    record.arrival = monotonicNanos();
    record.code = static_cast<std::int32_t>(attempts_);
    record.detail = static_cast<std::int32_t>(
        std::min<std::chrono::milliseconds::rep>(silence.count(), std::numeric_limits<std::int32_t>::max()));
    outbox_.write(record);
}

void Loop::space() {
    boost::asio::post(context_, [this] { drain(); });
}

void Loop::stop() {
    const std::scoped_lock lock(mutex_);
    if (std::exchange(accepting_, false)) {
        boost::asio::post(context_, [this] { stopStreams(true); });
    }
}

void Loop::abandon() {
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

void Loop::stopStreams(bool polite) {
    stopping_ = true;
    for (const auto &[handle, stream] : streams_) {
        stream->close({RTMS_E_STOPPED, "the loop was stopped", polite});
    }
    finishIfDone();
}

void Loop::attemptEnded() {
    --attempts_;
    finishIfDone();
}

void Loop::drain() {
    const std::size_t before = outbox_.waitingBytes();
    const bool empty = outbox_.drain();
    if (before != 0 &&
        (empty || (before > Outbox::signalingBound && outbox_.waitingBytes() <= Outbox::signalingBound))) {
        for (const auto &[handle, stream] : streams_) {
            stream->resumeReading();
        }
    }
    finishIfDone();
}

void Loop::watchSpace() {
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

void Loop::finishIfDone() {
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
