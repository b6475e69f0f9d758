#ifndef RTMS_ENGINE_BUILTIN_ENGINE_H
#define RTMS_ENGINE_BUILTIN_ENGINE_H

#include <chrono>
#include <memory>

#include "engine/attempt.h"
#include "engine/message_parser.h"
#include "engine/tls.h"
#include "engine/websocket.h"
#include "loop/engine.h"

namespace rtms {

/// The engine that speaks the protocol itself: JSON over WebSockets, without any part of Zoom's.
class BuiltinEngine : public Engine {
  public:
    explicit BuiltinEngine(boost::asio::io_context &context) : context_(context) {}

    std::shared_ptr<Stream> createStream(std::shared_ptr<StreamHost> host) override;
    std::int32_t setTls(const std::string &caFile, bool verify) override;

    boost::asio::io_context &context() { return context_; }
    const std::shared_ptr<MessageParser> &parser() const { return parser_; }
    const std::shared_ptr<LoopResources> &resources() const { return resources_; }
    TlsSettings &tls() { return tls_; }

  private:
    boost::asio::io_context &context_;
    std::shared_ptr<MessageParser> parser_ = std::make_shared<MessageParser>();
    std::shared_ptr<LoopResources> resources_ = std::make_shared<LoopResources>(context_);
    TlsSettings tls_;
};

/// A stream of the built-in engine: at most one Attempt at a time, and what outlives attempts.
class BuiltinStream : public Stream, public std::enable_shared_from_this<BuiltinStream> {
  public:
    BuiltinStream(BuiltinEngine &engine, std::shared_ptr<StreamHost> host) : engine_(engine), host_(std::move(host)) {}

    void join(StreamOptions options) override;
    void joinMedia() override;
    void renewMedia(std::chrono::milliseconds silence) override;
    void leave() override;
    void close(Farewell farewell) override;
    void subscribe(std::int32_t eventType, bool on) override;
    void subscribeVideo(std::int64_t userId, bool on) override;
    void queryStreamState() override;
    void querySessionState(const std::string &sessionId) override;
    void pause(Reading reading) override;
    std::chrono::milliseconds silence() const override;
    void resumeReading() override;

  private:
    std::shared_ptr<const SessionContext> contextFor(StreamOptions options);

    BuiltinEngine &engine_;
    std::shared_ptr<StreamHost> host_;
    std::shared_ptr<VideoSubscription> video_ = std::make_shared<VideoSubscription>();
    std::shared_ptr<Attempt> attempt_;
    Reading reading_ = Reading::all;
};

} // namespace rtms

#endif
