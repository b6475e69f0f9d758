#ifndef RTMS_LOAD_SCHEDULE_H
#define RTMS_LOAD_SCHEDULE_H

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>

#include "latencies.h"
#include "session.h"

namespace rtms::load {

/// What is sent to sessions at one interval, each source at a time of its own within it, so that they spread evenly.
///
/// Threads: the gateway's.
class Schedule {
  public:
    /// Nanoseconds. 0: nothing is ever due.
    explicit Schedule(std::int64_t interval) : interval_(interval) {}

    /// @param index tells a session's sources apart
    void add(std::shared_ptr<Session> session, int index, std::int64_t now);
    /// Sources begin anew from here.
    void restart(std::int64_t now);

    /// Without sources.
    void clear() { sources_.clear(); }

    /// Nanoseconds of CLOCK_MONOTONIC; the largest number where nothing is.
    std::int64_t next() const;

    /// Calls send(session, index, due, turn) for all that are due; turn counts that source's frames. A session that
    /// has not taken `maximalBacklog` bytes gets none: they are counted as skipped.
    template <class Send> void run(std::int64_t now, Send send) {
        while (next() <= now) {
            Source source = std::move(sources_.front());
            sources_.pop_front();
            if (!source.session->isOpen()) {
                continue;
            }
            if (source.session->backlog() > maximalBacklog) {
                ++skipped_;
            } else {
                send(*source.session, source.index, source.due, source.turn++);
                ++sent_;
                lateness_.add(now - source.due);
            }
            source.due += interval_;
            sources_.push_back(std::move(source));
        }
    }

    std::uint64_t sent() const { return sent_; }
    std::uint64_t skipped() const { return skipped_; }
    const Latencies &lateness() const { return lateness_; }
    /// Counts from 0 again.
    void forget();

  private:
    static constexpr std::size_t maximalBacklog = 4U << 20;

    struct Source {
        std::shared_ptr<Session> session;
        int index;
        std::int64_t due;
        std::uint64_t turn;
    };

    std::int64_t phase(std::size_t number) const;

    const std::int64_t interval_;
    std::size_t added_ = 0;
    std::deque<Source> sources_; // by due: all have the same interval
    std::uint64_t sent_ = 0;
    std::uint64_t skipped_ = 0;
    Latencies lateness_;
};

} // namespace rtms::load

#endif
