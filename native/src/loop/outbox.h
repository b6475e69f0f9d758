#ifndef RTMS_LOOP_OUTBOX_H
#define RTMS_LOOP_OUTBOX_H

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "loop/record.h"
#include "loop/ring.h"

namespace rtms {

/// Lays records out in the ring, cuts large payloads, and keeps in order what does not fit until the reader has made
/// room. Nothing is dropped and nothing is written twice.
///
/// Threads: the loop's only.
class Outbox {
  public:
    /// Bytes of waiting records above which signaling sockets are not read either. Media sockets stop at the first
    /// waiting record.
    static constexpr std::size_t signalingBound = 1U << 20;

    /// onAsleep is called when a record can be read while the reader sleeps, onWaiting when a record has to wait while
    /// none did before, onEnd when a stream's DISCONNECTED can be read.
    Outbox(
        Ring &ring, std::function<void()> onAsleep, std::function<void()> onWaiting,
        std::function<void(std::int64_t)> onEnd = [](std::int64_t) {})
        : ring_(ring), onAsleep_(std::move(onAsleep)), onWaiting_(std::move(onWaiting)), onEnd_(std::move(onEnd)) {}

    void write(const Record &record);

    /// In place: begin() gives room for a payload of the given size (record.payload is not used), the caller fills it
    /// and calls commit(), or discard() where it turned out to be broken.
    std::uint8_t *begin(const Record &record, std::size_t payloadBytes);
    void commit();
    void discard();

    /// Moves waiting records into the ring. True where none waits any more.
    bool drain();

    bool waiting() const { return !waiting_.empty(); }
    std::size_t waitingBytes() const { return waitingBytes_; }

  private:
    enum class Place { none, ring, queue, scratch };

    std::size_t partBytes() const { return ring_.capacity() / 4; }
    void writePart(const Record &record, std::uint16_t flags);
    std::byte *reserve(std::size_t length);
    void publish();
    void commitToRing(const std::byte *record);

    Ring &ring_;
    std::function<void()> onAsleep_;
    std::function<void()> onWaiting_;
    std::function<void(std::int64_t)> onEnd_;
    std::deque<std::vector<std::byte>> waiting_;
    std::size_t waitingBytes_ = 0;

    Place place_ = Place::none;
    std::byte *reserved_ = nullptr; // in the ring
    std::vector<std::byte> queued_; // the record under construction that will wait
    std::vector<char> scratch_;     // the payload under construction that will be cut
    Record cut_;                    // its record; name and extra are in the two strings below
    std::vector<char> cutName_;
    std::vector<char> cutExtra_;
};

} // namespace rtms

#endif
