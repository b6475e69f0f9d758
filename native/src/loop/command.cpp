#include "loop/command.h"

#include <chrono>

#include "loop/engine.h"

namespace rtms {

void carryOut(const Command &command, Stream &stream) {
    switch (command.kind) {
    case Command::Kind::joinMedia:
        return stream.joinMedia();
    case Command::Kind::renewMedia:
        return stream.renewMedia(std::chrono::milliseconds(command.number));
    case Command::Kind::leave:
        return stream.leave();
    case Command::Kind::close:
        return stream.close({RTMS_OK, "closed", true});
    case Command::Kind::subscribe:
        return stream.subscribe(static_cast<std::int32_t>(command.number), command.on);
    case Command::Kind::subscribeVideo:
        return stream.subscribeVideo(command.number, command.on);
    case Command::Kind::queryStreamState:
        return stream.queryStreamState();
    case Command::Kind::querySessionState:
        return stream.querySessionState(command.text);
    case Command::Kind::pause:
        return stream.pause(static_cast<Reading>(command.number));
    }
}

} // namespace rtms
