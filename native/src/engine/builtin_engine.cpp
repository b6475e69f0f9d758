#include "engine/builtin_engine.h"

#include <utility>

#include <boost/version.hpp>
#include <openssl/crypto.h>

#include "engine/signature.h"
#include "rtms.h"

namespace rtms {

std::unique_ptr<Engine> createEngine(boost::asio::io_context &context) {
    return std::make_unique<BuiltinEngine>(context);
}

const char *engineVersion() {
    static const std::string version =
        std::string("builtin " RTMS_VERSION " (Boost ") + std::to_string(BOOST_VERSION / 100000) + "." +
        std::to_string(BOOST_VERSION / 100 % 1000) + ", OpenSSL " + OpenSSL_version(OPENSSL_VERSION_STRING) + ")";
    return version.c_str();
}

std::shared_ptr<Stream> BuiltinEngine::createStream(std::shared_ptr<StreamHost> host) {
    return std::make_shared<BuiltinStream>(*this, std::move(host));
}

std::int32_t BuiltinEngine::setTls(const std::string &caFile, bool verify) { return tls_.set(caFile, verify); }

std::shared_ptr<const SessionContext> BuiltinStream::contextFor(StreamOptions options) {
    std::string signature = signatureOf(options);
    TlsClient tls = engine_.tls().client(options.caFile, options.verifyTls);
    std::optional<Proxy> proxy = parseProxy(options.proxy); // checked when it was set
    return std::make_shared<const SessionContext>(SessionContext{engine_.context(), host_, engine_.parser(),
                                                                 engine_.resources(), std::move(tls), std::move(proxy),
                                                                 std::move(options), std::move(signature)});
}

void BuiltinStream::join(StreamOptions options) {
    try {
        attempt_ = std::make_shared<Attempt>(contextFor(std::move(options)), video_, reading_);
        attempt_->start([weak = weak_from_this()] {
            if (const auto self = weak.lock()) {
                self->attempt_ = nullptr;
            }
        });
    } catch (const Ending &ending) {
        host_->disconnected(ending.code, ending.detail, ending.reason);
    } catch (const std::exception &exception) {
        attempt_ = nullptr;
        host_->disconnected(RTMS_E_RESOURCES, 0, exception.what());
    }
}

void BuiltinStream::joinMedia() {
    if (attempt_) {
        attempt_->joinMedia();
    }
}

void BuiltinStream::renewMedia(std::chrono::milliseconds silence) {
    if (attempt_) {
        attempt_->renewMedia(silence);
    }
}

void BuiltinStream::leave() {
    if (attempt_) {
        attempt_->leave();
    }
}

void BuiltinStream::close(Farewell farewell) {
    if (attempt_) {
        attempt_->close(farewell);
    }
}

void BuiltinStream::subscribe(std::int32_t eventType, bool on) {
    if (attempt_) {
        attempt_->subscribe(eventType, on);
    }
}

void BuiltinStream::subscribeVideo(std::int64_t userId, bool on) {
    if (attempt_) {
        attempt_->subscribeVideo(userId, on);
    } else {
        video_->ask(userId, on); // nothing can be sent yet
    }
}

void BuiltinStream::queryStreamState() {
    if (attempt_) {
        attempt_->queryStreamState();
    }
}

void BuiltinStream::querySessionState(const std::string &sessionId) {
    if (attempt_) {
        attempt_->querySessionState(sessionId);
    }
}

void BuiltinStream::pause(Reading reading) {
    reading_ = reading;
    if (attempt_) {
        attempt_->pause(reading);
    }
}

std::chrono::milliseconds BuiltinStream::silence() const {
    return attempt_ ? attempt_->silence() : std::chrono::milliseconds{0};
}

void BuiltinStream::resumeReading() {
    if (attempt_) {
        attempt_->resumeReading();
    }
}

} // namespace rtms
