#include "engine/websocket.h"

#include <utility>

#include <boost/asio/async_result.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/websocket/error.hpp>
#include <sys/ioctl.h>
#include <unistd.h>

#include "engine/message_parser.h"
#include "engine/tls_channel.h"
#include "engine/upgrade.h"

namespace rtms {

namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;

/// Frames that gather before they are sent without waiting for the turn's end.
constexpr std::size_t mostGathered = 16U * 1024;
/// A buffer of more is not kept when it is empty.
constexpr std::size_t mostKept = 4U * 1024;

constexpr std::uint16_t normal = 1000;
constexpr std::uint16_t protocolError = 1002;
constexpr std::uint16_t tooBig = 1009;

/// Beast's words for what a server does wrong.
websocket::error errorOf(FrameReader::Fault fault) {
    switch (fault) {
    case FrameReader::Fault::reservedBits:
        return websocket::error::bad_reserved_bits;
    case FrameReader::Fault::masked:
        return websocket::error::bad_masked_frame;
    case FrameReader::Fault::controlFragment:
        return websocket::error::bad_control_fragment;
    case FrameReader::Fault::controlSize:
        return websocket::error::bad_control_size;
    case FrameReader::Fault::size:
        return websocket::error::bad_size;
    case FrameReader::Fault::dataFrame:
        return websocket::error::bad_data_frame;
    case FrameReader::Fault::continuation:
        return websocket::error::bad_continuation;
    case FrameReader::Fault::tooLarge:
        return websocket::error::message_too_big;
    case FrameReader::Fault::closeSize:
        return websocket::error::bad_close_size;
    case FrameReader::Fault::closeCode:
        return websocket::error::bad_close_code;
    case FrameReader::Fault::closeReason:
        return websocket::error::bad_close_payload;
    case FrameReader::Fault::none:
    case FrameReader::Fault::opcode:
        break;
    }
    return websocket::error::bad_opcode;
}

} // namespace

WebSocket::WebSocket(asio::io_context &context, Url url, TlsClient tls, std::size_t maxMessageBytes,
                     std::shared_ptr<LoopResources> resources, std::function<void()> onClosing)
    : context_(context), url_(std::move(url)), tls_(std::move(tls)), resources_(std::move(resources)),
      onClosing_(std::move(onClosing)), socket_(context), reader_(maxMessageBytes, resources_->spares) {}

WebSocket::~WebSocket() {
    resources_->reading.leave(*this);
    shut();
}

/// Who waits for the socket, and goes on when that is called.
struct WebSocket::Waiter {
    explicit Waiter(Channel::Want wanted) : want(wanted) {}
    virtual ~Waiter() = default;
    virtual void goOn() = 0;

    const Channel::Want want;
    std::unique_ptr<Waiter> next;
};

template <class Handler> struct WebSocket::WaiterWith final : Waiter {
    WaiterWith(Channel::Want wanted, Handler given) : Waiter(wanted), handler(std::move(given)) {}
    void goOn() override { std::move(handler)(); }

    Handler handler;
};

WebSocket::Error WebSocket::adopt() {
    Error error;
    descriptor_ = socket_.release(error);
    if (!error) {
        channel_ = std::make_unique<TcpChannel>(descriptor_);
        registration_ = resources_->readiness->add(descriptor_, *this, error);
    }
    return error;
}

void WebSocket::shut() {
    Error ignored;
    socket_.close(ignored);
    if (descriptor_ >= 0) {
        resources_->readiness->remove(descriptor_, registration_);
        ::close(std::exchange(descriptor_, -1));
        channel_ = std::make_unique<TcpChannel>(-1); // nothing of another socket that gets the same number
    }
    if (!error_) {
        error_ = asio::error::operation_aborted;
    }
    while (waiters_) {
        auto waiter = std::move(waiters_);
        waiters_ = std::move(waiter->next);
        asio::post(context_, [waiter = std::move(waiter)] { waiter->goOn(); });
    }
}

asio::awaitable<WebSocket::Error> WebSocket::secure() {
    if (!url_.tls) {
        co_return Error();
    }
    channel_ = std::make_unique<TlsChannel>(descriptor_, tls_, url_.host);
    for (;;) {
        isReadable_ = hasEnded_;
        const Channel::Result result = channel_->handshake();
        if (result.error || result.want == Channel::Want::nothing) {
            co_return result.error;
        }
        co_await waitFor(result.want);
        if (error_) {
            co_return error_;
        }
    }
}

asio::awaitable<WebSocket::Error> WebSocket::upgrade(unsigned &httpStatus) {
    Upgrade handshake(url_);
    outgoing_ = handshake.request();
    flush();
    for (bool isComplete = false; !isComplete;) {
        fill();
        isComplete = handshake.take(std::exchange(unread_, {}));
        httpStatus = handshake.status();
        if (!isComplete && error_) {
            if (error_ == asio::error::eof) {
                handshake.end();
                error_ = handshake.error();
            }
            co_return error_;
        }
        if (!isComplete) {
            co_await ready();
        }
    }
    if (!handshake.error() && !handshake.rest().empty()) {
        unread_ = handshake.rest();
        keepRest();
    }
    co_return handshake.error();
}

std::optional<std::string_view> WebSocket::next() {
    while (!error_ && !isClosing_) {
        switch (reader_.next(unread_)) {
        case FrameReader::Event::message:
            return reader_.payload();
        case FrameReader::Event::ping:
            if (!saidGoodbye_) {
                pong_ = std::string(reader_.payload()); // one that is not answered yet needs no answer any more
                flushSoon();
            }
            break;
        case FrameReader::Event::close:
            peerClosed();
            break;
        case FrameReader::Event::fault:
            error_ = errorOf(reader_.fault());
            close(reader_.fault() == FrameReader::Fault::tooLarge ? tooBig : protocolError);
            flush();
            break;
        case FrameReader::Event::none:
            dropRest();
            return std::nullopt;
        }
    }
    return std::nullopt;
}

void WebSocket::peerClosed() {
    isClosing_ = true;
    close(closeCode());
    finishClosing();
    if (!error_) {
        onClosing_();
    }
}

/// Ends when our close frame is on its way, or cannot be.
void WebSocket::finishClosing() {
    flush();
    if (!awaitsRoom_) {
        error_ = websocket::error::closed;
    }
}

asio::awaitable<void> WebSocket::ready() { co_await waitFor(isClosing_ ? Channel::Want::write : want_); }

asio::awaitable<void> WebSocket::waitFor(Channel::Want want) {
    if (want == Channel::Want::nothing) {
        co_await asio::post(context_, asio::use_awaitable); // whoever else has something to do comes first
    } else if (!error_ && !(want == Channel::Want::read && isReadable_)) {
        co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(
            [this, want](auto handler) {
                auto waiter = std::make_unique<WaiterWith<decltype(handler)>>(want, std::move(handler));
                waiter->next = std::move(waiters_);
                waiters_ = std::move(waiter);
            },
            asio::use_awaitable);
    }
}

void WebSocket::onReady(Readiness::News news) {
    const auto self = shared_from_this(); // whoever goes on may be the last to hold it
    isReadable_ = isReadable_ || news.readable;
    hasEnded_ = hasEnded_ || news.ended;
    if (news.writable && std::exchange(awaitsRoom_, false)) {
        flush();
    }
    for (auto waiters = std::move(waiters_); waiters;) {
        auto waiter = std::move(waiters);
        waiters = std::move(waiter->next);
        if (waiter->want == Channel::Want::read ? news.readable : news.writable) {
            waiter->goOn();
        } else {
            waiter->next = std::move(waiters_);
            waiters_ = std::move(waiter);
        }
    }
}

/// The loop ends without having ended us: who waits, and may hold us, is not told, but dropped.
void WebSocket::onAbandoned() {
    const auto self = shared_from_this();
    const auto dropped = std::move(waiters_);
}

void WebSocket::fill() {
    if (isClosing_ && !error_) {
        finishClosing();
    }
    if (isClosing_ || error_) {
        return;
    }
    char *const target = resources_->reading.lend(*this);
    isReadable_ = hasEnded_; // the end, which came with these bytes, is to be read too
    const Channel::Result result = channel_->read(target, ReadBuffer::bytes);
    unread_ = {target, result.bytes};
    want_ = result.want;
    error_ = result.error;
    if (!outgoing_.empty()) { // TLS may have waited for bytes of the peer's
        flush();
    }
}

void WebSocket::keepRest() {
    if (!unread_.empty() && rest_.empty()) {
        rest_.reserve(unread_.size() + MessageParser::padding);
        rest_.append(unread_).append(MessageParser::padding, '\0');
        unread_ = std::string_view(rest_).substr(0, unread_.size());
    }
}

void WebSocket::dropRest() {
    if (!rest_.empty()) {
        rest_ = {};
    }
}

bool WebSocket::hasUnread() const {
    int waiting = 0;
    return !unread_.empty() || want_ == Channel::Want::nothing ||
           (::ioctl(descriptor_, FIONREAD, &waiting) == 0 && waiting > 0);
}

void WebSocket::write(std::string_view text) {
    if (saidGoodbye_) {
        return;
    }
    frame_writer::text(outgoing_, text, resources_->keys);
    ends_.push_back(sent_ + outgoing_.size());
    if (outgoing_.size() >= mostGathered) {
        flush();
    } else {
        flushSoon();
    }
}

void WebSocket::sayGoodbye() {
    close(normal);
    flush();
}

void WebSocket::close(std::uint16_t code) {
    if (!std::exchange(saidGoodbye_, true)) {
        pong_.reset();
        frame_writer::close(outgoing_, code, resources_->keys);
    }
}

/// At the turn's end, so that all of its messages go at once.
void WebSocket::flushSoon() {
    if (!std::exchange(isFlushPosted_, true)) {
        asio::post(context_, [self = shared_from_this()] {
            self->isFlushPosted_ = false;
            self->flush();
        });
    }
}

void WebSocket::flush() {
    for (;;) {
        if (outgoing_.empty() && pong_) {
            frame_writer::pong(outgoing_, *pong_, resources_->keys);
            pong_.reset();
        }
        if (outgoing_.empty()) {
            return;
        }
        const Channel::Result result = channel_->write(outgoing_.data(), outgoing_.size());
        if (result.bytes == 0 && !result.error) {
            flushWhenPossible(result.want);
            return;
        }
        sent(result.error ? outgoing_.size() : result.bytes); // where it failed, reading tells what happened
    }
}

void WebSocket::sent(std::size_t bytes) {
    sent_ += bytes;
    while (!ends_.empty() && ends_.front() <= sent_) {
        ends_.pop_front();
    }
    outgoing_.erase(0, bytes);
    if (outgoing_.empty() && outgoing_.capacity() > mostKept) {
        outgoing_ = {};
    }
}

/// Where TLS waits for bytes of the peer's, fill() goes on.
void WebSocket::flushWhenPossible(Channel::Want want) { awaitsRoom_ = awaitsRoom_ || want == Channel::Want::write; }

} // namespace rtms
