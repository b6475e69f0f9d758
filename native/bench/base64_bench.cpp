#include <vector>

#include <benchmark/benchmark.h>

#include "engine/base64.h"
#include "messages.h"

namespace rtms::bench {
namespace {

void decodeBase64(benchmark::State &state) {
    const auto bytes = static_cast<std::size_t>(state.range(0));
    const std::string text = base64::encode(noise(bytes));
    std::vector<std::uint8_t> target(bytes);
    for (auto _ : state) {
        if (!base64::decode(text, target.data())) {
            state.SkipWithError("not Base64");
        }
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(decodeBase64)->Arg(640)->Arg(20'000);

} // namespace
} // namespace rtms::bench
