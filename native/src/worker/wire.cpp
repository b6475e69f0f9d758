#include "worker/wire.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <sys/socket.h>

namespace rtms {

namespace {

bool sendAll(int socket, const char *bytes, std::size_t count) {
    while (count != 0) {
        const ssize_t sent = ::send(socket, bytes, count, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR) {
            return false;
        }
        if (sent > 0) {
            bytes += sent;
            count -= static_cast<std::size_t>(sent);
        }
    }
    return true;
}

bool receiveAll(int socket, char *bytes, std::size_t count) {
    while (count != 0) {
        const ssize_t received = ::recv(socket, bytes, count, 0);
        if (received == 0 || (received < 0 && errno != EINTR)) {
            return false;
        }
        if (received > 0) {
            bytes += received;
            count -= static_cast<std::size_t>(received);
        }
    }
    return true;
}

} // namespace

OrderWriter &OrderWriter::number(std::int64_t value) {
    std::array<char, sizeof value> bytes{};
    std::memcpy(bytes.data(), &value, sizeof value);
    bytes_.append(bytes.data(), bytes.size());
    return *this;
}

OrderWriter &OrderWriter::text(std::string_view value) {
    number(static_cast<std::int64_t>(value.size()));
    bytes_.append(value);
    return *this;
}

OrderWriter &OrderWriter::command(const Command &command) {
    return number(static_cast<std::int64_t>(command.kind)).number(command.number).number(command.on).text(command.text);
}

OrderWriter &OrderWriter::options(const StreamOptions &options) {
    for (std::int32_t option = 1; option <= StreamOptions::lastString; ++option) {
        text(options.getString(option));
    }
    for (std::int32_t option = 1; option <= StreamOptions::lastInt; ++option) {
        number(options.getInt(option));
    }
    return *this;
}

std::string_view OrderReader::take(std::size_t bytes) {
    if (bytes > rest_.size()) {
        throw std::runtime_error("an order is cut off");
    }
    const std::string_view taken = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return taken;
}

std::uint8_t OrderReader::byte() { return static_cast<std::uint8_t>(take(1).front()); }

std::int64_t OrderReader::number() {
    std::int64_t value = 0;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
}

std::string OrderReader::text() {
    const std::int64_t size = number();
    return std::string(take(static_cast<std::size_t>(size)));
}

Command OrderReader::command() {
    const std::int64_t kind = number();
    if (kind < 0 || kind > static_cast<std::int64_t>(Command::Kind::last)) {
        throw std::runtime_error("an unknown command");
    }
    Command command{.kind = static_cast<Command::Kind>(kind)};
    command.number = number();
    command.on = number() != 0;
    command.text = text();
    return command;
}

StreamOptions OrderReader::options() {
    StreamOptions options;
    for (std::int32_t option = 1; option <= StreamOptions::lastString; ++option) {
        options.setString(option, text());
    }
    for (std::int32_t option = 1; option <= StreamOptions::lastInt; ++option) {
        options.setInt(option, number());
    }
    return options;
}

bool sendMessage(int socket, std::string_view message) {
    const auto length = static_cast<std::uint32_t>(message.size());
    std::string whole(sizeof length, '\0');
    std::memcpy(whole.data(), &length, sizeof length);
    whole.append(message);
    return sendAll(socket, whole.data(), whole.size());
}

std::optional<std::string> receiveMessage(int socket) {
    std::uint32_t length = 0;
    if (!receiveAll(socket, reinterpret_cast<char *>(&length), sizeof length) || length > maximalOrder) {
        return std::nullopt;
    }
    std::string message(length, '\0');
    return receiveAll(socket, message.data(), length) ? std::optional(std::move(message)) : std::nullopt;
}

} // namespace rtms
