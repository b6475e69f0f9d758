#include "zoom/zoom_engine.h"

#include <cstdlib>
#include <deque>
#include <utility>

#include <unistd.h>

#include "loop/stream_host.h"
#include "rtms.h"

namespace rtms {

std::unique_ptr<Engine> createEngine(boost::asio::io_context &context) {
    return std::make_unique<zoom::ZoomEngine>(context);
}

const char *engineVersion() { return "zoom (adapter " RTMS_VERSION ")"; }

namespace zoom {

namespace {

constexpr std::chrono::milliseconds quickly{2};
constexpr std::chrono::milliseconds idly{10};
/// For how long after the last frame media count as flowing.
constexpr std::chrono::milliseconds flowTime{100};
/// Calls that are late by more handles than these would meet memory that is somebody else's.
constexpr std::size_t mostRetired = 1024;

/// Zoom's SDK wants a file by name. Where OpenSSL would look first, then where distributions have theirs.
std::string systemCaFile() {
    const char *named = std::getenv("SSL_CERT_FILE");
    for (const char *file : {named, "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"}) {
        if (file != nullptr && ::access(file, R_OK) == 0) {
            return file;
        }
    }
    return "";
}

/// Sinks of handles that were given back. They outlive their loops: nothing tells how late Zoom's SDK calls.
struct Graveyard {
    std::mutex mutex;
    std::deque<std::unique_ptr<Sink>> sinks;
};

/// init() is for the whole process, once.
struct Preparation {
    std::mutex mutex;
    bool done = false;
    std::string caFile;
    bool verify = true;
};

Preparation &preparation() {
    static auto *const one = new Preparation;
    return *one;
}

} // namespace

std::shared_ptr<Stream> ZoomEngine::createStream(std::shared_ptr<StreamHost> host) {
    return std::make_shared<ZoomStream>(*this, std::move(host));
}

std::int32_t ZoomEngine::setTls(const std::string &caFile, bool verify) {
    const std::scoped_lock lock(tlsMutex_);
    caFile_ = caFile;
    verify_ = verify;
    return RTMS_OK;
}

void ZoomEngine::prepare(const StreamOptions &options) {
    std::unique_lock own(tlsMutex_);
    const std::string caFile = options.caFile.empty() ? caFile_ : options.caFile;
    const bool verify = options.verifyTls.value_or(verify_);
    own.unlock();
    Preparation &one = preparation();
    const std::scoped_lock lock(one.mutex);
    if (one.done && (caFile != one.caFile || verify != one.verify)) {
        throw Ending{RTMS_E_INVALID_ARGUMENT, 0,
                     "Zoom's SDK checks certificates in one way for all of a process's life, and an earlier join has "
                     "told it another"};
    }
    if (!one.done) {
        g_agent = "rtms-service/" RTMS_VERSION;
        const std::string file = caFile.empty() ? systemCaFile() : caFile;
        const int code = provider().init(file.c_str(), verify);
        if (code != 0) {
            throw Ending{errorOf(code), 0, describe("init", code)};
        }
        one.done = true;
        one.caFile = caFile;
        one.verify = verify;
    }
}

void ZoomEngine::begin(const std::shared_ptr<Attempt> &attempt) {
    attempts_.push_back(attempt);
    attempt->start();
    lastMedia_ = std::chrono::steady_clock::now(); // a join is answered at once
    schedule();
}

void ZoomEngine::retire(std::unique_ptr<Sink> sink) {
    static auto *const graveyard = new Graveyard;
    const std::scoped_lock lock(graveyard->mutex);
    graveyard->sinks.push_back(std::move(sink));
    if (graveyard->sinks.size() > mostRetired) {
        graveyard->sinks.pop_front();
    }
}

void ZoomEngine::schedule() {
    if (attempts_.empty() || std::exchange(scheduled_, true)) {
        return;
    }
    const bool flows = std::chrono::steady_clock::now() - lastMedia_ < flowTime;
    timer_.expires_after(flows ? quickly : idly);
    timer_.async_wait([this](const boost::system::error_code &error) {
        scheduled_ = false;
        if (!error) {
            pollAll();
            schedule();
        }
    });
}

void ZoomEngine::pollAll() {
    const std::vector<std::shared_ptr<Attempt>> all = attempts_; // an end may begin another attempt
    for (const auto &attempt : all) {
        attempt->poll();
    }
    std::erase_if(attempts_, [](const auto &attempt) { return attempt->isOver(); });
}

void ZoomStream::join(StreamOptions options) {
    attempt_ = std::make_shared<Attempt>(engine_, host_, std::move(options), video_, reading_);
    engine_.begin(attempt_);
}

void ZoomStream::leave() {
    if (Attempt *attempt = running()) {
        attempt->leave();
    }
}

void ZoomStream::close(Farewell farewell) {
    if (Attempt *attempt = running()) {
        attempt->close(farewell);
        attempt->poll(); // at once: the loop may be about to end
    }
}

void ZoomStream::subscribe(std::int32_t eventType, bool on) {
    if (Attempt *attempt = running()) {
        attempt->subscribe(eventType, on);
    }
}

void ZoomStream::subscribeVideo(std::int64_t userId, bool on) {
    if (Attempt *attempt = running()) {
        attempt->subscribeVideo(userId, on);
    } else {
        video_->ask(userId, on);
    }
}

void ZoomStream::pause(Reading reading) {
    reading_ = reading;
    if (Attempt *attempt = running()) {
        attempt->pause(reading);
    }
}

std::chrono::milliseconds ZoomStream::silence() const {
    const Attempt *attempt = running();
    return attempt == nullptr ? std::chrono::milliseconds{0} : attempt->silence();
}

/// The SDK has no call for it.
void ZoomStream::cannotAsk(std::uint16_t answer, std::string_view payload) {
    constexpr std::int32_t invalidMessageType = 1;
    Record record;
    record.kind = answer;
    record.code = -1;
    record.detail = invalidMessageType;
    record.payload = payload;
    host_->write(record);
}

void ZoomStream::queryStreamState() { cannotAsk(RTMS_KIND_STREAM_STATE_ANSWER, ""); }

void ZoomStream::querySessionState(const std::string &sessionId) {
    cannotAsk(RTMS_KIND_SESSION_STATE_ANSWER, sessionId);
}

} // namespace zoom
} // namespace rtms
