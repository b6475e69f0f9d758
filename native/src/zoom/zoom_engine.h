#ifndef RTMS_ZOOM_ZOOM_ENGINE_H
#define RTMS_ZOOM_ZOOM_ENGINE_H

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "loop/engine.h"
#include "zoom/attempt.h"

namespace rtms::zoom {

/// Zoom's own SDK as an engine. One timer polls all handles of the loop, every 2 ms while media flow, every 10 ms
/// otherwise, and not at all without handles. Everything of the SDK is called on the loop's thread, as its handles
/// demand.
class ZoomEngine : public Engine {
  public:
    explicit ZoomEngine(boost::asio::io_context &context) : context_(context), timer_(context) {}

    std::shared_ptr<Stream> createStream(std::shared_ptr<StreamHost> host) override;
    std::int32_t setTls(const std::string &caFile, bool verify) override;

    /// The SDK is made ready by the first attempt of the process, with its TLS settings, which are for all then. Throws
    /// Ending.
    void prepare(const StreamOptions &options);
    void begin(const std::shared_ptr<Attempt> &attempt);
    /// Keeps a handle's sink for calls that come late.
    static void retire(std::unique_ptr<Sink> sink);
    void mediaCame() { lastMedia_ = std::chrono::steady_clock::now(); }

  private:
    void schedule();
    void pollAll();

    boost::asio::io_context &context_;
    boost::asio::steady_timer timer_;
    std::vector<std::shared_ptr<Attempt>> attempts_;
    bool scheduled_ = false;
    std::chrono::steady_clock::time_point lastMedia_;
    std::mutex tlsMutex_; // guards the two below
    std::string caFile_;
    bool verify_ = true;
};

/// A stream: at most one attempt at a time, and what outlives attempts.
class ZoomStream : public Stream {
  public:
    ZoomStream(ZoomEngine &engine, std::shared_ptr<StreamHost> host) : engine_(engine), host_(std::move(host)) {}

    void join(StreamOptions options) override;
    /// The SDK connects lost media again by itself.
    void joinMedia() override {}
    void renewMedia(std::chrono::milliseconds) override {}
    void leave() override;
    void close(Farewell farewell) override;
    void queryStreamState() override;
    void querySessionState(const std::string &sessionId) override;
    void subscribe(std::int32_t eventType, bool on) override;
    void subscribeVideo(std::int64_t userId, bool on) override;
    void pause(Reading reading) override;
    std::chrono::milliseconds silence() const override;
    void resumeReading() override {}

  private:
    /// Nothing where the attempt is over.
    Attempt *running() const { return attempt_ && !attempt_->isOver() ? attempt_.get() : nullptr; }
    void cannotAsk(std::uint16_t answer, std::string_view payload);

    ZoomEngine &engine_;
    std::shared_ptr<StreamHost> host_;
    std::shared_ptr<VideoSubscription> video_ = std::make_shared<VideoSubscription>();
    std::shared_ptr<Attempt> attempt_;
    Reading reading_ = Reading::all;
};

} // namespace rtms::zoom

#endif
