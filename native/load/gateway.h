#ifndef RTMS_LOAD_GATEWAY_H
#define RTMS_LOAD_GATEWAY_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <simdjson.h>

#include "frame_template.h"
#include "schedule.h"
#include "session.h"

namespace rtms::load {

/// What the gateway sends on each meeting's media connections. Times are microseconds.
struct Load {
    int audioStreams = 4; // people who speak at the same time
    std::size_t audioBytes = 640;
    std::int64_t audioInterval = 20'000;
    int videoStreams = 0;
    std::size_t videoBytes = 6'000;
    std::size_t keyFrameBytes = 60'000;
    std::int64_t videoInterval = 40'000;
    std::uint64_t keyFrameEvery = 50;
    std::int64_t transcriptInterval = 1'000'000; // 0: none
    bool flood = false;                          // audio as fast as it is taken
    std::string certificate;                     // PEM files: speaks TLS
    std::string key;
};

/// Zoom's side of RTMS, for measuring: takes every stream, shakes hands as rtms-protocol.md has it, and sends media
/// that were encoded before. It is told what to do by lines on its standard input, and answers each with a line of
/// JSON:
///
///   start    media begin on all media connections, also on those that come later
///   stop     media end; keep-alives go on
///   report   {"offered":{...},"skipped":n,"late":{...},"cpu":seconds,"signaling":n,"media":n}: frames since the last
///            report by kind, frames that were not sent because the service did not take what came before, how late
///            they were written (microseconds), the gateway's processor time, open connections that are ready
///
/// The end of its input ends it.
class Gateway {
  public:
    explicit Gateway(Load load);

    /// Prints {"port":n}, then blocks until its input ends.
    void run();

  private:
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> takeCommands();
    boost::asio::awaitable<void> beat();
    void carryOut(const std::string &command);
    void received(Session &session, std::string_view text);
    void beReady(Session &signaling);
    void begin(const std::shared_ptr<Session> &media);
    void flood(const std::shared_ptr<Session> &media);
    std::string url(const std::string &path) const;
    void report();

    const Load load_;
    boost::asio::io_context context_{1};
    std::optional<boost::asio::ssl::context> tls_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::posix::stream_descriptor input_;
    boost::asio::steady_timer timer_;
    simdjson::dom::parser parser_;
    std::vector<std::shared_ptr<Session>> sessions_;

    bool started_ = false;
    Schedule keepAlives_;
    Schedule audio_;
    Schedule video_;
    Schedule transcripts_;
    FrameTemplate keepAlive_ = FrameTemplate::keepAlive();
    std::vector<FrameTemplate> audioFrames_;
    std::vector<FrameTemplate> videoFrames_;
    std::vector<FrameTemplate> keyFrames_;
    FrameTemplate transcript_ = FrameTemplate::transcript(0);
    std::uint64_t flooded_ = 0;
};

} // namespace rtms::load

#endif
