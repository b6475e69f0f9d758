#include "gateway.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include "engine/media_type.h"
#include "loop/record.h"

namespace rtms::load {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::int64_t keepAliveInterval = 10'000'000'000;
/// Frames that are due within this time are sent together, so that waking up costs less than sending.
constexpr std::int64_t shortestBeat = 100'000;
constexpr std::int64_t longestBeat = 10'000'000;
constexpr std::size_t floodBytes = 256U << 10;

double processorTime() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string textOf(simdjson::dom::element message, const char *key) {
    std::string_view value;
    return message[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

} // namespace

Gateway::Gateway(Load load)
    : load_(std::move(load)), acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      input_(context_, ::dup(STDIN_FILENO)), timer_(context_), keepAlives_(keepAliveInterval),
      audio_(load_.audioInterval * 1000), video_(load_.videoInterval * 1000),
      transcripts_(load_.transcriptInterval * 1000) {
    for (int speaker = 0; speaker < load_.audioStreams; ++speaker) {
        audioFrames_.push_back(FrameTemplate::audio(speaker, load_.audioBytes));
    }
    for (int speaker = 0; speaker < load_.videoStreams; ++speaker) {
        videoFrames_.push_back(FrameTemplate::video(speaker, load_.videoBytes));
        keyFrames_.push_back(FrameTemplate::video(speaker, load_.keyFrameBytes));
    }
    if (!load_.certificate.empty()) {
        tls_.emplace(asio::ssl::context::tls_server);
        tls_->use_certificate_chain_file(load_.certificate);
        tls_->use_private_key_file(load_.key, asio::ssl::context::pem);
    }
}

void Gateway::run() {
    asio::co_spawn(context_, accept(), asio::detached);
    asio::co_spawn(context_, takeCommands(), asio::detached);
    asio::co_spawn(context_, beat(), asio::detached);
    std::cout << "{\"port\":" << acceptor_.local_endpoint().port() << '}' << std::endl;
    context_.run();
}

asio::awaitable<void> Gateway::accept() {
    for (;;) {
        auto session = createSession(co_await acceptor_.async_accept(asio::use_awaitable), tls_ ? &*tls_ : nullptr);
        sessions_.push_back(session);
        asio::co_spawn(context_, session->run([this](Session &from, std::string_view text) { received(from, text); }),
                       asio::detached);
    }
}

asio::awaitable<void> Gateway::takeCommands() {
    asio::streambuf buffer;
    boost::system::error_code ended;
    for (;;) {
        co_await asio::async_read_until(input_, buffer, '\n', asio::redirect_error(asio::use_awaitable, ended));
        if (ended) {
            context_.stop();
            co_return;
        }
        std::string line;
        std::getline(std::istream(&buffer), line);
        carryOut(line);
    }
}

void Gateway::carryOut(const std::string &command) {
    if (command == "report") {
        report();
        return;
    }
    if (command == "start" && !started_) {
        started_ = true;
        for (const auto &session : sessions_) {
            begin(session);
        }
        const std::int64_t now = monotonicNanos();
        for (Schedule *schedule : {&audio_, &video_, &transcripts_}) {
            schedule->restart(now);
        }
    } else if (command == "stop") {
        started_ = false;
        for (Schedule *schedule : {&audio_, &video_, &transcripts_}) {
            schedule->clear();
        }
        for (const auto &session : sessions_) {
            session->flood({}, nullptr);
        }
    }
    std::cout << "{}" << std::endl;
}

void Gateway::received(Session &session, std::string_view text) {
    const simdjson::dom::element message = parser_.parse(text.data(), text.size());
    const std::int64_t number = message["msg_type"];
    switch (number) {
    case 1: {
        session.stream = textOf(message, "rtms_stream_id");
        std::string urls;
        for (const char *medium : {"audio", "video", "deskshare", "transcript", "chat", "all"}) {
            urls += (urls.empty() ? "\"" : ",\"") + std::string(medium) + "\":\"" + url("/media") + '"';
        }
        session.send(textFrame(R"({"msg_type":2,"protocol_version":1,"status_code":0,"media_server":{"server_urls":{)" +
                               urls + "}}}"));
        break;
    }
    case 3:
        session.stream = textOf(message, "rtms_stream_id");
        session.mediaType = message["media_type"];
        session.send(textFrame(R"({"msg_type":4,"protocol_version":1,"status_code":0,"payload_encrypted":false})"));
        break;
    case 7:
        beReady(session);
        break;
    case 21:
        session.send(textFrame(R"({"msg_type":22,"status_code":0})"));
        break;
    default:
        break;
    }
}

/// Sent once for each media connection; it does not say for which.
void Gateway::beReady(Session &signaling) {
    for (const auto &session : sessions_) {
        const bool isOfThisStream =
            session->mediaType != 0 ? session->stream == signaling.stream : session.get() == &signaling;
        if (isOfThisStream && !session->ready) {
            session->ready = true;
            keepAlives_.add(session, 0, monotonicNanos());
            if (started_ && session->mediaType != 0) {
                begin(session);
            }
        }
    }
}

void Gateway::begin(const std::shared_ptr<Session> &media) {
    if (!media->ready || !media->isOpen()) {
        return;
    }
    const std::int64_t now = monotonicNanos();
    const auto carries = [&media](std::int32_t medium) {
        return (media->mediaType & medium) != 0 || media->mediaType == media_type::all;
    };
    if (carries(media_type::audio)) {
        if (load_.flood) {
            flood(media);
            return;
        }
        for (int speaker = 0; speaker < load_.audioStreams; ++speaker) {
            audio_.add(media, speaker, now);
        }
    }
    if (carries(media_type::video)) {
        for (int speaker = 0; speaker < load_.videoStreams; ++speaker) {
            video_.add(media, speaker, now);
        }
    }
    if (carries(media_type::transcript)) {
        transcripts_.add(media, 0, now);
    }
}

void Gateway::flood(const std::shared_ptr<Session> &media) {
    std::string block;
    std::uint64_t frames = 0;
    while (block.size() < floodBytes) {
        block += audioFrames_[frames++ % audioFrames_.size()].stamped(0, 0);
    }
    media->flood(std::move(block), [this, frames] { flooded_ += frames; });
}

asio::awaitable<void> Gateway::beat() {
    for (;;) {
        const std::int64_t next = std::min({keepAlives_.next(), audio_.next(), video_.next(), transcripts_.next()});
        const std::int64_t now = monotonicNanos();
        timer_.expires_after(std::chrono::nanoseconds(std::clamp(next - now, shortestBeat, longestBeat)));
        co_await timer_.async_wait(asio::use_awaitable);
        keepAlives_.run(monotonicNanos(), [this](Session &session, int, std::int64_t due, std::uint64_t) {
            session.send(keepAlive_.stamped(due, due));
        });
        audio_.run(monotonicNanos(), [this](Session &session, int speaker, std::int64_t due, std::uint64_t) {
            session.send(audioFrames_[static_cast<std::size_t>(speaker)].stamped(due, monotonicNanos()));
        });
        video_.run(monotonicNanos(), [this](Session &session, int speaker, std::int64_t due, std::uint64_t turn) {
            auto &frames = turn % load_.keyFrameEvery == 0 ? keyFrames_ : videoFrames_;
            session.send(frames[static_cast<std::size_t>(speaker)].stamped(due, monotonicNanos()));
        });
        transcripts_.run(monotonicNanos(), [this](Session &session, int, std::int64_t due, std::uint64_t) {
            session.send(transcript_.stamped(due, monotonicNanos()));
        });
    }
}

std::string Gateway::url(const std::string &path) const {
    return (tls_ ? "wss://localhost:" : "ws://127.0.0.1:") + std::to_string(acceptor_.local_endpoint().port()) + path;
}

void Gateway::report() {
    std::erase_if(sessions_, [](const auto &session) { return !session->isOpen(); });
    const auto count = [this](bool media) {
        return std::count_if(sessions_.begin(), sessions_.end(), [media](const auto &session) {
            return session->ready && (session->mediaType != 0) == media;
        });
    };
    std::cout << "{\"offered\":{\"audio\":" << audio_.sent() + flooded_ << ",\"video\":" << video_.sent()
              << ",\"transcript\":" << transcripts_.sent()
              << "},\"skipped\":" << audio_.skipped() + video_.skipped() + transcripts_.skipped()
              << ",\"late\":{\"audio\":" << audio_.lateness().json()
              << ",\"transcript\":" << transcripts_.lateness().json() << "},\"cpu\":" << processorTime()
              << ",\"signaling\":" << count(false) << ",\"media\":" << count(true) << '}' << std::endl;
    flooded_ = 0;
    for (Schedule *schedule : {&audio_, &video_, &transcripts_}) {
        schedule->forget();
    }
}

} // namespace rtms::load
