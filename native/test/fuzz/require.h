#ifndef RTMS_TEST_FUZZ_REQUIRE_H
#define RTMS_TEST_FUZZ_REQUIRE_H

#include <cstdio>
#include <cstdlib>

namespace rtms::fuzz {

/// A property that has to hold for every input: where it does not, the input is a finding.
inline void require(bool holds, const char *property) {
    if (!holds) {
        std::fprintf(stderr, "broken: %s\n", property);
        std::abort();
    }
}

} // namespace rtms::fuzz

#endif
