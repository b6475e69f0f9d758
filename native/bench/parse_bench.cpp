#include <vector>

#include <benchmark/benchmark.h>

#include "engine/base64.h"
#include "engine/message_parser.h"
#include "messages.h"

namespace rtms::bench {
namespace {

/// JSON, and Base64 where the message has any, into memory that is there already.
void parseMessage(benchmark::State &state, std::string text) {
    MessageParser parser;
    const std::size_t size = text.size();
    text.resize(size + MessageParser::padding);
    std::vector<std::uint8_t> target(size);
    for (auto _ : state) {
        const Message received = parser.parse({text.data(), size});
        const auto *media = std::get_if<message::Media>(&received);
        if (media != nullptr && !media->isText() && !base64::decode(media->data, target.data())) {
            state.SkipWithError("not Base64");
        }
        benchmark::DoNotOptimize(received);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * size));
}
BENCHMARK_CAPTURE(parseMessage, audio_640, audio(640));
BENCHMARK_CAPTURE(parseMessage, video_6k, video(6'000));
BENCHMARK_CAPTURE(parseMessage, video_20k, video(20'000));
BENCHMARK_CAPTURE(parseMessage, video_60k, video(60'000));
BENCHMARK_CAPTURE(parseMessage, deskshare_20k, deskshare(20'000));
BENCHMARK_CAPTURE(parseMessage, transcript, transcript());
BENCHMARK_CAPTURE(parseMessage, chat, chat());
BENCHMARK_CAPTURE(parseMessage, keep_alive, keepAlive());
BENCHMARK_CAPTURE(parseMessage, event, event());

} // namespace
} // namespace rtms::bench
