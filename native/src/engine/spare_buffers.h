#ifndef RTMS_ENGINE_SPARE_BUFFERS_H
#define RTMS_ENGINE_SPARE_BUFFERS_H

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace rtms {

/// Buffers of a loop that are between two uses, so that what comes and goes with every few messages is not allocated
/// each time.
///
/// Threads: one at a time.
class SpareBuffers {
  public:
    /// An empty one, which may have room already.
    std::string take() {
        if (spares_.empty()) {
            return {};
        }
        std::string buffer = std::move(spares_.back());
        spares_.pop_back();
        return buffer;
    }

    void giveBack(std::string buffer) {
        if (buffer.capacity() <= largest && spares_.size() < most) {
            buffer.clear();
            spares_.push_back(std::move(buffer));
        }
    }

  private:
    static constexpr std::size_t most = 8;
    static constexpr std::size_t largest = 1U << 18;

    std::vector<std::string> spares_;
};

} // namespace rtms

#endif
