#ifndef RTMS_ZOOM_STUB_SWITCHES_H
#define RTMS_ZOOM_STUB_SWITCHES_H

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace zoom_stub {

/// What the stand-in is to do wrong, from the environment variable ZOOM_STUB: words, separated by commas, read when a
/// handle is made. A call's name with a number has it answer that ("join=4"); the others:
///
///     null           create_sdk() gives no handle
///     confirm=N      on_join_confirm(N) for every join, or none where N is -1
///     late           calls back after the handle was released
///     garbage        null, small and unterminated pointers, impossible numbers, events that are none
///     foreign        calls back on a thread of its own, too
///     interpreter    frames have an interpreter's metadata
///     crash-second   the process's second join is its end
class Switches {
  public:
    Switches() {
        const char *value = std::getenv("ZOOM_STUB");
        words_ = value == nullptr ? "" : "," + std::string(value) + ",";
    }

    bool has(std::string_view word) const { return words_.find("," + std::string(word) + ",") != std::string::npos; }

    /// What a call is to answer; the second where nothing is said.
    int answer(std::string_view call, int otherwise = 0) const {
        const std::string name = "," + std::string(call) + "=";
        const std::size_t found = words_.find(name);
        return found == std::string::npos ? otherwise : std::atoi(words_.c_str() + found + name.size());
    }

  private:
    std::string words_;
};

} // namespace zoom_stub

#endif
