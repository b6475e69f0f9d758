#!/bin/bash
# Measures the native library, compiled as it is shipped: parsing, Base64, the ring, and all of it from a socket to the ring.
#   native/bench.sh [OPTION...]     options of Google Benchmark, e.g. --benchmark_filter=ingest
# Prints a table and leaves the figures in target/native-bench/results.json. They are of this machine, and of what else it does meanwhile.
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "$source/.." && pwd)/target/native-bench

cmake -S "$source" -B "$build" -DCMAKE_BUILD_TYPE=Release -DRTMS_BENCH=ON --log-level=WARNING
cmake --build "$build" --parallel 2 --target rtms_bench
"$build/bench/rtms_bench" --benchmark_out="$build/results.json" --benchmark_out_format=json "$@"
