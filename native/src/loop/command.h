#ifndef RTMS_LOOP_COMMAND_H
#define RTMS_LOOP_COMMAND_H

#include <cstdint>
#include <string>

namespace rtms {

class Stream;

/// Something that a caller asks of one stream, as a value: it may be carried out on another thread or in another
/// process.
struct Command {
    enum class Kind : std::uint8_t {
        joinMedia,
        renewMedia,        // number: silence in milliseconds
        leave,             //
        close,             //
        subscribe,         // number: type of event; on
        subscribeVideo,    // number: participant; on
        queryStreamState,  //
        querySessionState, // text: session id
        pause,             // number: RTMS_READ_*
        last = pause,
    };

    Kind kind;
    std::int64_t number = 0;
    bool on = false;
    std::string text{};
};

/// On the loop's thread.
void carryOut(const Command &command, Stream &stream);

} // namespace rtms

#endif
