#!/bin/bash
# Fuzzes what reads bytes of strangers, with clang's libFuzzer under AddressSanitizer, UBSan and LeakSanitizer, two programs at a time:
# two targets, or both on the one that is named, each with half of the inputs (or all the seconds) and a random seed of its own.
#   native/fuzz.sh [HOW_LONG] [TARGET...]
#     HOW_LONG   60s: so many seconds for each target (the default); 2000000: so many inputs; build: they are built, and none is run
#     TARGET     base64, frames, message, options, proxy, servers, session, tunnel, url; default: all
# Inputs that are worth keeping gather in target/fuzz-corpus. A finding stands in target/fuzz-findings: this then fails and prints how to run it
# again. Once it is mended, the file belongs to native/test/fuzz/corpus/TARGET, which the tests run.
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$(cd "$source/.." && pwd)/target
build=$target/native-fuzz
corpora=$source/test/fuzz/corpus
dictionaries=$source/test/fuzz/dictionary
findings=$target/fuzz-findings

how_long=${1:-60s}
[ $# -eq 0 ] || shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=($(ls "$corpora"))
for name in "${targets[@]}"; do
    [ -d "$corpora/$name" ] || { echo "native/fuzz.sh: there is no target $name; there are" $(ls "$corpora") >&2; exit 2; }
done
workers=1
[ ${#targets[@]} -gt 1 ] || workers=2
if [[ $how_long =~ ^[0-9]+s$ ]]; then
    limit=-max_total_time=${how_long%s}
elif [[ $how_long =~ ^[0-9]+$ ]]; then
    limit=-runs=$(((how_long + workers - 1) / workers))
elif [ "$how_long" != build ]; then
    echo "native/fuzz.sh: $how_long is neither seconds (60s) nor a number of inputs, nor \"build\"" >&2
    exit 2
fi

compiler=${RTMS_FUZZ_CXX:-clang++}
if ! command -v "$compiler" >/dev/null; then
    echo "native/fuzz.sh: $compiler is missing:  . native/env.sh --with-tests" >&2
    exit 1
fi
cmake -S "$source" -B "$build" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_COMPILER="$compiler" -DRTMS_FUZZ=ON -DRTMS_SANITIZE=address --log-level=WARNING
cmake --build "$build" --parallel 2 --target "${targets[@]/#/fuzz_}"
[ "$how_long" != build ] || exit 0

mkdir -p "$findings"
export limit target build corpora dictionaries findings
# The tests, which run the corpora too, look for uses after return; here that would take a tenth of the time.
export ASAN_OPTIONS=detect_stack_use_after_return=0:malloc_context_size=8:quarantine_size_mb=32 UBSAN_OPTIONS=print_stacktrace=1
fuzz() { # NAME WORKER
    local name=$1 length=4096 words=json entropic=1 program=$build/test/fuzz/fuzz_$1 log=$target/fuzz-$1-$2.log
    case $name in
        proxy | servers | url) words=url ;;
        session) words=session entropic=0 ;; # it has so many features that weighing them takes as long as running
        tunnel) words=http length=20000 ;;
    esac
    mkdir -p "$target/fuzz-corpus/$name"
    if "$program" "$limit" -max_len=$length -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 -reload=0 -entropic=$entropic \
        -dict="$dictionaries/$words.dict" -artifact_prefix="$findings/$name-" "$target/fuzz-corpus/$name" "$corpora/$name" >"$log" 2>&1; then
        sed -nE "s/^#[0-9]+\s+DONE\s+cov: ([0-9]+) ft: [0-9]+ corp: ([0-9]+).*/$name: coverage \1, corpus \2/p; s/^stat::number_of_executed_units: /$name: inputs /p
                 s/^stat::average_exec_per_sec: +/$name: inputs each second /p" "$log"
        return 0
    fi
    grep -vE "^#[0-9]+" "$log" | tail -n 60 >&2
    local input
    input=$(sed -nE 's/.*Test unit written to (.*)/\1/p' "$log" | tail -n 1)
    echo "native/fuzz.sh: $name found something. Again:  $program ${input:-$corpora/$name}" >&2
    return 1
}
export -f fuzz
for name in "${targets[@]}"; do
    for ((worker = 1; worker <= workers; ++worker)); do
        echo "$name $worker"
    done
done | xargs -P 2 -I '{}' bash -c 'fuzz {}'
