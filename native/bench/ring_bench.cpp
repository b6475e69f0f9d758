#include <array>

#include <benchmark/benchmark.h>
#include <sys/socket.h>
#include <unistd.h>

#include "loop/outbox.h"
#include "loop/wake_socket.h"
#include "messages.h"
#include "ring_reader.h"

namespace rtms::bench {
namespace {

constexpr std::size_t capacity = 1U << 20;

/// A record with this payload through the outbox into the ring, and out of it, on one thread.
void passRecord(benchmark::State &state) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) {
        state.SkipWithError("socketpair");
        return;
    }
    Ring ring(capacity);
    WakeSocket wake(ends[0]);
    Outbox outbox(
        ring, [&wake] { wake.wake(); }, [] {});
    RingReader reader(ring.memory().place());
    const std::string payload = noise(static_cast<std::size_t>(state.range(0)));
    Record record;
    record.kind = RTMS_KIND_AUDIO;
    record.name = "Ada Lovelace";
    record.payload = payload;
    for (auto _ : state) {
        outbox.write(record);
        reader.read([](std::uint16_t) {});
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
    ::close(ends[1]);
}
BENCHMARK(passRecord)->Arg(64)->Arg(640)->Arg(20'000);

} // namespace
} // namespace rtms::bench
