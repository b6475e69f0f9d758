// Signaling and media sessions, from the first byte of a server's HTTP to the end of the attempt: whatever servers and
// callers do in whatever order, every join ends once, every record is sound, and nothing lives on. See
// session_script.h.

#include "fuzz/session_script.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
    rtms::fuzz::SessionScript({reinterpret_cast<const char *>(bytes), size}).run();
    return 0;
}
