#!/bin/bash
# Builds and runs the C++ tests under AddressSanitizer with UBSan and LeakSanitizer, and those of the ring and the loop under ThreadSanitizer.
#   native/test.sh [BUILD_FOLDER]             default: target
#   native/test.sh --build [BUILD_FOLDER]     builds them and runs nothing
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
run=true
if [ "${1:-}" = --build ]; then
    run=false
    shift
fi
build=${1:-$source/../target}
mkdir -p "$build"
exec 9>"$build/native-test.lock"

# Other versions format a little differently.
if clang-format --version 2>/dev/null | grep -q "version 14\."; then
    find "$source" -name '*.cpp' -o -name '*.h' | xargs clang-format --dry-run --Werror
fi
for sanitizer in address thread; do
    flock 9 # somebody else may build already
    cmake -S "$source" -B "$build/native-$sanitizer" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g1" \
        -DRTMS_TESTS=ON -DRTMS_SANITIZE=$sanitizer --log-level=WARNING
    cmake --build "$build/native-$sanitizer" --parallel 2 $([ $sanitizer = address ] || echo --target rtms_unit_test --target rtms_abi_test)
    flock --unlock 9
    [ "$run" = true ] || continue
    ctest $([ $sanitizer = address ] || echo --tests-regex "rtms_(unit|abi)_test") --test-dir "$build/native-$sanitizer" --parallel 3 --output-on-failure --timeout 300
done
