#ifndef RTMS_LOAD_READERS_H
#define RTMS_LOAD_READERS_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "latencies.h"

namespace rtms::load {

/// Readers of live transcripts, and peers that only discard. Each line of the standard input is a command, answered by
/// a line of JSON:
///
///   read PORT TARGET [COUNT]      so many more WebSockets to this target of 127.0.0.1; messages with FrameTemplate's
///                                 "due N sent N" are measured
///   discard PORT                  connects as the service does to a gateway there, plays a meeting's part and throws
///   away
///                                 what comes
///   report                        {"open":n,"failed":n,"messages":n,"due":{...},"sent":{...}}: transcripts since the
///   last
///                                 report and their ages in microseconds, from when they were due and were written
///
/// The end of its input ends it.
class Readers {
  public:
    Readers();

    void run();

  private:
    boost::asio::awaitable<void> takeCommands();
    void carryOut(const std::string &command);
    boost::asio::awaitable<void> connect(std::uint16_t port, std::string target);
    boost::asio::awaitable<void> discard(std::uint16_t port, std::string meeting);
    void measure(std::string_view message);
    void report();

    boost::asio::io_context context_{1};
    boost::asio::posix::stream_descriptor input_;
    std::size_t connecting_ = 0;
    std::size_t open_ = 0;
    std::size_t failed_ = 0;
    std::size_t meetings_ = 0;
    std::uint64_t messages_ = 0;
    Latencies due_;
    Latencies sent_;
};

} // namespace rtms::load

#endif
