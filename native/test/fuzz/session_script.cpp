#include "fuzz/session_script.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fuzz/fake_network.h"
#include "fuzz/require.h"
#include "rtms.h"

namespace rtms::fuzz {

namespace {

constexpr std::int64_t handle = 1;
constexpr std::size_t maximalBytes = 2U << 20U; // of repeated messages: an input must stay quick
constexpr std::size_t largeMessage = 65'536;
constexpr std::size_t smallMessage = 1024;
constexpr std::size_t maximalConnections = 64;
constexpr int maximalSteps = 200;
constexpr int maximalJoins = 4; // each is as dear as hundreds of other steps, and a fifth finds what the third does

enum Flag : unsigned {
    ownHttp = 1,
    ownHandshakes = 2,
    oneSocket = 4,
    proxy = 8,
    manyServers = 16,
    smallMessages = 32,
    stalledReader = 64,
};

constexpr std::array<std::string_view, 22> seeds{
    R"({"msg_type":2,"status_code":0,"media_server":{"server_urls":{"audio":"ws://127.0.0.1/a","video":"ws://127.0.0.1/v","deskshare":"ws://127.0.0.1/d","transcript":"ws://127.0.0.1/t","chat":"ws://127.0.0.1/c","all":"ws://127.0.0.1/all"}}})",
    R"({"msg_type":4,"status_code":0,"payload_encrypted":false,"media_params":{"audio":{"codec":1}}})",
    R"({"msg_type":2,"status_code":0,"media_server":{"server_urls":"ws://127.0.0.1:1/,ws://host/a,ws://name/,ws://127.0.0.1/all"}})",
    R"({"msg_type":2,"status_code":8,"reason":"busy"})",
    R"({"msg_type":4,"status_code":9,"reason":"no"})",
    R"({"msg_type":4,"status_code":16,"reason":"no"})",
    R"({"msg_type":6,"event":{"event_type":2,"timestamp":1,"user_id":7,"user_name":"Ada"}})",
    R"({"msg_type":8,"state":4,"reason":6,"timestamp":1})",
    R"({"msg_type":9,"state":2,"rtms_session_id":"s","stop_reason":1})",
    R"({"msg_type":11,"state":1,"rtms_session_id":"s","timestamp":1700000000})",
    R"({"msg_type":12,"timestamp":1})",
    R"({"msg_type":14,"content":{"user_id":7,"user_name":"Ada","data":"AAECAw==","timestamp":1}})",
    R"({"msg_type":15,"content":{"user_id":7,"data":"AAECAw==","timestamp":1,"width":1,"height":2}})",
    R"({"msg_type":16,"content":{"user_id":7,"data":"data:image/png;base64,AAEC","timestamp":1}})",
    R"({"msg_type":17,"content":{"user_id":7,"user_name":"Ada","data":"spoken","timestamp":1,"language":9,"attribute":2}})",
    R"({"msg_type":18,"content":{"user_id":7,"user_name":"Ada","data":{"text":"chat"},"timestamp":1}})",
    R"({"msg_type":20,"state":1,"status_code":0})",
    R"({"msg_type":22,"status_code":0})",
    R"({"msg_type":23,"content":{"user_id":7,"start_ts":1,"end_ts":2}})",
    R"({"msg_type":29,"user_id":7,"status_code":0})",
    R"({"msg_type":29,"status_code":44,"reason":"twice"})",
    R"({"msg_type":99})",
};

/// The reader's end of the wake-up socket; what it says is not needed here.
class WakeDoor {
  public:
    WakeDoor() : name_(1, '\0') {
        name_ += "rtms-fuzz-" + std::to_string(::getpid());
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name_.data(), name_.size());
        descriptor_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        require(::bind(descriptor_, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0 &&
                    ::listen(descriptor_, 4) == 0,
                "the wake-up socket listens");
    }

    const std::string &name() const { return name_; }

    void clear() {
        for (int taken = 0; taken >= 0;) {
            taken = ::accept(descriptor_, nullptr, nullptr);
            ::close(taken);
        }
    }

  private:
    std::string name_; // without a file
    int descriptor_;
};

WakeDoor &wakeDoor() {
    static WakeDoor door;
    return door;
}

} // namespace

SessionScript::SessionScript(std::string_view input)
    : rest_(input), bytesLeft_(maximalBytes), loop_("fuzz", Ring(RTMS_RING_MIN_BYTES), WakeSocket(wakeDoor().name())),
      state_(std::make_shared<StreamState>(handle)), host_(std::make_shared<StreamHost>(loop_, state_)),
      watch_(loop_.ring(), handle) {
    wakeDoor().clear();
}

SessionScript::~SessionScript() { FakeNetwork::reset(); }

void SessionScript::run() {
    setUp(takeStep());
    loop_.addStream(host_);
    join();
    settle();
    for (int step = 0; step < maximalSteps && !rest_.empty(); ++step) {
        carryOut(takeStep());
        settle();
    }
    end();
}

std::string_view SessionScript::takeStep() {
    const std::string_view step = rest_.substr(0, rest_.find('\xFF'));
    rest_.remove_prefix(std::min(rest_.size(), step.size() + 1));
    return step;
}

void SessionScript::setUp(std::string_view setting) {
    const auto byteAt = [&](std::size_t index) {
        return index < setting.size() ? static_cast<unsigned char>(setting[index]) : 0U;
    };
    flags_ = byteAt(0);
    ending_ = byteAt(2) % 4;
    readerRests_ = (flags_ & stalledReader) != 0;
    constexpr unsigned mediaTypes = 31;
    const auto set = [&](std::int32_t option, const std::string &value) {
        require(state_->setString(option, value) == RTMS_OK, "an option is taken");
    };
    const auto setNumber = [&](std::int32_t option, std::int64_t value) {
        require(state_->setInt(option, value) == RTMS_OK, "an option is taken");
    };
    set(RTMS_STRING_STREAM_ID, "stream");
    set(RTMS_STRING_ID, "meeting");
    set(RTMS_STRING_SIGNATURE, "signature");
    set(RTMS_STRING_SERVER_URLS,
        (flags_ & manyServers) != 0 ? "ws://127.0.0.1:1/,ws://odd/,ws://even/signaling" : "ws://127.0.0.1/signaling");
    set(RTMS_STRING_PROXY, (flags_ & proxy) != 0 ? "http://user:word@127.0.0.1:3128" : "");
    setNumber(RTMS_INT_MEDIA_TYPES, byteAt(1) % mediaTypes + 1);
    setNumber(RTMS_INT_SPLIT, (flags_ & oneSocket) != 0 ? 0 : 1);
    setNumber(RTMS_INT_CONNECT_TIMEOUT_MS, 100);
    setNumber(RTMS_INT_HANDSHAKE_TIMEOUT_MS, 100);
    setNumber(RTMS_INT_KEEP_ALIVE_TIMEOUT_MS, 500);
    setNumber(RTMS_INT_MAX_MESSAGE_BYTES, (flags_ & smallMessages) != 0 ? smallMessage : largeMessage);
}

void SessionScript::join() {
    if (!destroyed_ && !stopped_ && joins_ < maximalJoins && !state_->running()) {
        ++joins_;
        watch_.joined();
        require(loop_.join(state_, state_->options()) == RTMS_OK, "a join is taken");
    }
}

void SessionScript::carryOut(std::string_view step) {
    if (step.size() < 2) {
        return;
    }
    const int digit = step[1] - '0';
    const std::string_view text = step.substr(2);
    if (!serve(step[0], digit, text)) {
        call(step[0], digit, text);
    }
}

/// What servers do. False for another letter.
bool SessionScript::serve(char letter, int digit, std::string_view text) {
    constexpr std::string_view letters = "tbfpxrmkag";
    if (letters.find(letter) == std::string_view::npos) {
        return false;
    }
    if (servers_.empty()) {
        return true;
    }
    FakeServer &server = servers_[static_cast<unsigned char>(digit) % servers_.size()];
    constexpr std::uint8_t fin = 0x80;
    constexpr int repetitions = 40;
    switch (letter) {
    case 't':
        server.frame(fin | 1U, text);
        break;
    case 'b':
        server.frame(fin | 2U, text);
        break;
    case 'f':
        server.frame(text.empty() ? 0U : static_cast<std::uint8_t>(text.front()), text.substr(text.empty() ? 0 : 1));
        break;
    case 'p':
        server.frame(fin | 9U, text);
        break;
    case 'x':
        server.frame(fin | 8U, text);
        break;
    case 'r':
        server.send(text);
        break;
    case 'm':
        for (int count = 0; count < repetitions && bytesLeft_ > text.size(); ++count) {
            bytesLeft_ -= text.size() + 1;
            server.frame(fin | 1U, text);
            settle();
        }
        break;
    case 'k':
        sendSeed(server, text);
        break;
    case 'a':
        server.answer(text);
        break;
    default:
        server.shutdown();
        break;
    }
    return true;
}

void SessionScript::sendSeed(FakeServer &server, std::string_view text) {
    if (text.empty()) {
        return;
    }
    std::string message(seeds[static_cast<unsigned char>(text[0] - 'A') % seeds.size()]);
    if (text.size() > 2) {
        const std::size_t place = message.size() * static_cast<unsigned char>(text[1]) / 256;
        message.replace(place, std::min(text.size() - 2, message.size() - place), text.substr(2));
    }
    server.frame(0x81, message);
}

/// What the caller, the reader and the clock do.
void SessionScript::call(char letter, int digit, std::string_view text) {
    const auto post = [this](Command command) { loop_.post(handle, std::move(command)); };
    const auto number = static_cast<unsigned char>(digit);
    const std::chrono::milliseconds time(number * 20);
    switch (letter) {
    case 'J':
        join();
        break;
    case 'M':
        post({Command::Kind::joinMedia});
        break;
    case 'L':
        post({Command::Kind::leave});
        break;
    case 'C':
        post({Command::Kind::close});
        break;
    case 'P':
        post({Command::Kind::pause, number % 3});
        break;
    case 'R':
        post({Command::Kind::renewMedia, time.count()});
        break;
    case 'V':
        post({Command::Kind::subscribeVideo, 1 + number / 2, number % 2 == 0});
        break;
    case 'E':
        state_->subscribe(1 + number / 2, number % 2 == 0);
        post({Command::Kind::subscribe, 1 + number / 2, number % 2 == 0});
        break;
    case 'Q':
        post({Command::Kind::queryStreamState});
        post({Command::Kind::querySessionState, 0, false, std::string(text)});
        break;
    case 'D':
        destroy();
        break;
    case 'S':
        stopped_ = true;
        loop_.stop();
        break;
    case 'O':
        readerRests_ = !readerRests_;
        break;
    case 'A':
        FakeNetwork::advance(time);
        break;
    default:
        break;
    }
}

void SessionScript::destroy() {
    if (!stopped_) {
        destroyed_ = true;
        loop_.destroyStream(handle);
    }
}

/// Until nobody has anything to do any more.
void SessionScript::settle() {
    bool busy = true;
    while (busy) {
        loop_.poll();
        busy = takeConnections();
        for (FakeServer &server : servers_) {
            server.read();
        }
        busy = answerRequests() || busy;
        busy = (!readerRests_ && readRing()) || busy;
    }
    // One message of each socket beyond what makes them rest, and what leaving and handshakes still take in.
    constexpr std::size_t most = 2 * Outbox::signalingBound + 8 * (largeMessage + maximalExtra + maximalName);
    require(loop_.outbox().waitingBytes() <= most, "what waits for the reader is bounded");
}

bool SessionScript::takeConnections() {
    const std::vector<int> connected = FakeNetwork::takeConnected();
    for (const int descriptor : connected) {
        servers_.emplace_back(descriptor);
        if (servers_.size() > maximalConnections) { // an input that has media connect again and again
            servers_.pop_front();
        }
    }
    return !connected.empty();
}

bool SessionScript::answerRequests() {
    bool any = false;
    for (FakeServer &server : servers_) {
        if ((flags_ & ownHttp) == 0 && server.isAsked()) {
            server.answer();
            any = true;
            if ((flags_ & ownHandshakes) == 0 && server.isOpen()) {
                server.frame(0x81, seeds[server.isSignaling() ? 0 : 1]);
            }
        }
    }
    return any;
}

bool SessionScript::readRing() {
    const bool waiting = watch_.read();
    if (waiting) {
        loop_.space();
    }
    return waiting;
}

void SessionScript::end() {
    readerRests_ = false;
    const auto post = [this](Command command) { loop_.post(handle, std::move(command)); };
    switch (ending_) {
    case 0: // time-outs end what nobody else does
        flags_ |= ownHttp | ownHandshakes;
        post({Command::Kind::pause, RTMS_READ_ALL});
        break;
    case 1:
        post({Command::Kind::close});
        break;
    case 2:
        post({Command::Kind::leave});
        break;
    default:
        stopped_ = true;
        loop_.stop();
        break;
    }
    constexpr int manySteps = 40; // of 250 ms: a list of servers that do not answer is gone through
    constexpr int fewSteps = 14;  // leaving takes two seconds, closing one
    awaitEnd(ending_ == 0 ? manySteps : fewSteps);
    require(watch_.ended() == watch_.attempts(), "every join ends with one DISCONNECTED");
    destroy();
    loop_.stop();
    awaitEnd(1);
    require(watch_.stopped(), "a loop stops when its streams have ended");
    // A stopped loop forgets its streams only when it dies itself.
    require(host_.use_count() == (destroyed_ ? 1 : 3), "nothing of an attempt lives on");
}

void SessionScript::awaitEnd(int steps) {
    settle();
    for (int step = 0; step < steps && watch_.ended() != watch_.attempts(); ++step) {
        FakeNetwork::advance(std::chrono::milliseconds(250));
        settle();
    }
}

} // namespace rtms::fuzz
