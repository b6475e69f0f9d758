// From a media server's socket to the ring: a server that sends as fast as it is read, one socket, a loop as the
// product has it, and a reader that only frees the room.

#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include <benchmark/benchmark.h>
#include <dirent.h>
#include <time.h>

#include "allocations.h"
#include "messages.h"
#include "ring_reader.h"
#include "rtms.h"
#include "support/gateway.h"
#include "support/scripts.h"
#include "support/wake_listener.h"

namespace rtms::bench {
namespace {

constexpr const char *loopName = "bench-loop";
constexpr std::size_t bytesOfOneSend = 1U << 18;
constexpr std::size_t bytesOfOneIteration = 1U << 28;

/// A text frame of a server: not masked (RFC 6455 section 5.2).
std::string framed(const std::string &text) {
    constexpr std::size_t small = 126;
    constexpr std::size_t medium = 65'536;
    std::string frame("\x81");
    const int lengthBytes = text.size() < small ? 0 : text.size() < medium ? 2 : 8;
    frame += static_cast<char>(lengthBytes == 0 ? text.size() : lengthBytes == 2 ? 126 : 127);
    for (int byte = lengthBytes - 1; byte >= 0; --byte) {
        frame += static_cast<char>(text.size() >> (8 * byte) & 0xFFU);
    }
    return frame + text;
}

/// The clock of the processor time that the thread with this name has taken (the encoding is the kernel's).
clockid_t clockOf(const std::string &name) {
    const std::unique_ptr<DIR, int (*)(DIR *)> tasks(::opendir("/proc/self/task"), ::closedir);
    while (const dirent *task = ::readdir(tasks.get())) {
        std::ifstream file(std::string("/proc/self/task/") + task->d_name + "/comm");
        std::string found;
        if (std::getline(file, found) && found == name) {
            constexpr int ofOneThread = 4;
            constexpr int scheduled = 2;
            return static_cast<clockid_t>(~std::stoi(task->d_name) * 8) | ofOneThread | scheduled;
        }
    }
    throw std::runtime_error("there is no such thread");
}

double secondsOf(clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

class Ingest {
  public:
    Ingest(const std::string &message, bool tls)
        : gateway_(tls ? std::optional(test::Certificate("DNS:localhost")) : std::nullopt) {
        ignoreThisThread();
        std::string block;
        while (block.size() < bytesOfOneSend) {
            block += framed(message);
        }
        test::serveAll(gateway_);
        gateway_.on("/audio", [block](test::Gateway &, test::Peer &peer) {
            ignoreThisThread();
            test::acceptMedia(peer);
            for (;;) {
                peer.sendRaw(block);
            }
        });
        loop_ = rtms_loop_create(loopName, 1 << 24, wake_.path().c_str());
        wake_.accept();
        reader_.emplace(rtms_loop_ring(loop_));
        join(rtms_stream_create(loop_));
        await(1); // the loop has a name by now
        clock_ = clockOf(loopName);
    }

    ~Ingest() { rtms_loop_destroy(loop_); }

    /// Reads so many frames.
    void await(std::uint64_t frames) {
        const std::uint64_t goal = frames_ + frames;
        while (frames_ < goal) {
            const std::uint64_t before = frames_;
            const bool writerWaits = reader_->read([this](std::uint16_t kind) {
                frames_ += kind == RTMS_KIND_AUDIO ? 1 : 0;
                ended_ = ended_ || kind == RTMS_KIND_DISCONNECTED;
            });
            if (writerWaits) {
                rtms_loop_space(loop_);
            }
            if (ended_) {
                throw std::runtime_error("the stream has ended");
            }
            if (frames_ == before) {
                reader_->sleep([this] { wake_.wait(std::chrono::seconds(5)); });
            }
        }
    }

    std::uint64_t frames() const { return frames_; }
    double processorTime() const { return secondsOf(clock_); }

  private:
    void join(std::int64_t stream) {
        rtms_stream_set_string(stream, RTMS_STRING_STREAM_ID, "stream-1");
        rtms_stream_set_string(stream, RTMS_STRING_ID, "aB+/9w==");
        rtms_stream_set_string(stream, RTMS_STRING_SERVER_URLS, gateway_.url("/signaling").c_str());
        rtms_stream_set_string(stream, RTMS_STRING_CLIENT_ID, "client");
        rtms_stream_set_string(stream, RTMS_STRING_CLIENT_SECRET, "secret");
        rtms_stream_set_int(stream, RTMS_INT_VERIFY_TLS, 0);
        rtms_stream_set_int(stream, RTMS_INT_MEDIA_TYPES, 1);
        if (rtms_stream_join(stream) != RTMS_OK) {
            throw std::runtime_error("no join");
        }
    }

    test::Gateway gateway_;
    test::WakeListener wake_;
    std::int64_t loop_ = 0;
    std::optional<RingReader> reader_;
    std::uint64_t frames_ = 0;
    bool ended_ = false;
    clockid_t clock_{};
};

void ingest(benchmark::State &state, const std::string &message, bool tls) {
    Ingest run(message, tls);
    const std::uint64_t frames = bytesOfOneIteration / message.size();
    run.await(frames / 4);
    const std::uint64_t before = run.frames();
    const std::uint64_t allocated = allocations();
    const double processor = run.processorTime();
    const auto begin = std::chrono::steady_clock::now();
    for (auto _ : state) {
        const double start = run.processorTime();
        run.await(frames);
        state.SetIterationTime(run.processorTime() - start);
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    const auto count = static_cast<double>(run.frames() - before);
    const double taken = run.processorTime() - processor;
    state.counters["messages/cpu_s"] = count / taken;
    state.counters["messages/s"] = count / wall.count();
    state.counters["MB/cpu_s"] = count * static_cast<double>(message.size()) / taken / 1e6;
    state.counters["allocations"] = static_cast<double>(allocations() - allocated) / count;
}

/// Time: of the loop's thread alone.
BENCHMARK_CAPTURE(ingest, plain_640, audio(640), false)->UseManualTime()->Iterations(6);
BENCHMARK_CAPTURE(ingest, plain_20k, audio(20'000), false)->UseManualTime()->Iterations(6);
BENCHMARK_CAPTURE(ingest, tls_640, audio(640), true)->UseManualTime()->Iterations(6);
BENCHMARK_CAPTURE(ingest, tls_20k, audio(20'000), true)->UseManualTime()->Iterations(6);

} // namespace
} // namespace rtms::bench
