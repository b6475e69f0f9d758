// The other side of the service for the load command: see gateway.h and readers.h.
//
//   rtms-load gateway [--audio-streams N] [--audio-bytes N] [--audio-interval US] [--video-streams N] [--video-bytes N]
//                     [--key-frame-bytes N] [--video-interval US] [--transcript-interval US] [--flood]
//                     [--certificate FILE --key FILE]
//   rtms-load readers

#include <cstdlib>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <span>
#include <stdexcept>
#include <string>

#include "gateway.h"
#include "readers.h"

namespace {

using rtms::load::Load;

Load parse(std::span<char *> arguments) {
    Load load;
    const std::map<std::string, std::function<void(const std::string &)>> options{
        {"--audio-streams", [&](const std::string &value) { load.audioStreams = std::stoi(value); }},
        {"--audio-bytes", [&](const std::string &value) { load.audioBytes = std::stoul(value); }},
        {"--audio-interval", [&](const std::string &value) { load.audioInterval = std::stoll(value); }},
        {"--video-streams", [&](const std::string &value) { load.videoStreams = std::stoi(value); }},
        {"--video-bytes", [&](const std::string &value) { load.videoBytes = std::stoul(value); }},
        {"--key-frame-bytes", [&](const std::string &value) { load.keyFrameBytes = std::stoul(value); }},
        {"--video-interval", [&](const std::string &value) { load.videoInterval = std::stoll(value); }},
        {"--transcript-interval", [&](const std::string &value) { load.transcriptInterval = std::stoll(value); }},
        {"--certificate", [&](const std::string &value) { load.certificate = value; }},
        {"--key", [&](const std::string &value) { load.key = value; }},
    };
    for (std::size_t index = 0; index < arguments.size(); ++index) {
        const std::string name = arguments[index];
        if (name == "--flood") {
            load.flood = true;
            continue;
        }
        const auto option = options.find(name);
        if (option == options.end() || ++index == arguments.size()) {
            throw std::invalid_argument(name + " is no option, or has no value");
        }
        option->second(arguments[index]);
    }
    return load;
}

} // namespace

int main(int count, char **arguments) {
    const std::span<char *> all(arguments, static_cast<std::size_t>(count));
    const std::string role = all.size() > 1 ? all[1] : "";
    try {
        if (role == "gateway") {
            rtms::load::Gateway(parse(all.subspan(2))).run();
        } else if (role == "readers") {
            rtms::load::Readers().run();
        } else {
            std::cerr << "usage: rtms-load gateway|readers, see main.cpp" << std::endl;
            return 2;
        }
    } catch (const std::exception &exception) {
        std::cerr << "rtms-load: " << exception.what() << std::endl;
        return 2;
    }
    return EXIT_SUCCESS;
}
