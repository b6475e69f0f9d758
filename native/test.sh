#!/bin/bash
# Builds and runs the C++ tests twice: under AddressSanitizer with UBSan and LeakSanitizer, and under ThreadSanitizer.
#   native/test.sh [BUILD_FOLDER]     default: target
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${1:-$source/../target}

# Other versions format a little differently.
if clang-format --version 2>/dev/null | grep -q "version 14\."; then
    find "$source" -name '*.cpp' -o -name '*.h' | xargs clang-format --dry-run --Werror
fi
for sanitizer in address thread; do
    cmake -S "$source" -B "$build/native-$sanitizer" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DRTMS_TESTS=ON -DRTMS_SANITIZE=$sanitizer --log-level=WARNING
    cmake --build "$build/native-$sanitizer" --parallel 2
    ctest --test-dir "$build/native-$sanitizer" --parallel 2 --output-on-failure --timeout 120
done
