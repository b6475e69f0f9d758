#include "engine/media_session.h"

#include <utility>

#include "engine/base64.h"
#include "engine/media_type.h"
#include "engine/outgoing.h"
#include "rtms.h"

namespace rtms {

namespace asio = boost::asio;

namespace {

/// The reader keeps them as long as the stream lives.
constexpr std::size_t maximalParams = 16'384;

} // namespace

MediaSession::MediaSession(std::shared_ptr<const SessionContext> context, std::int32_t mediaType)
    : context_(std::move(context)), mediaType_(mediaType),
      connection_(std::make_shared<Connection>(context_->io, context_->resources, context_->tls, context_->proxy,
                                               context_->options.maxMessageBytes)) {}

asio::awaitable<void> MediaSession::open(std::vector<Url> servers) {
    const StreamOptions &options = context_->options;
    co_await connection_->open(std::move(servers), options.connectTimeout);
    connection_->limit(options.handshakeTimeout,
                       {RTMS_E_TIMEOUT, 0, "media server " + connection_->peer() + " did not answer the handshake"});
    connection_->send(outgoing::mediaHandshake(options, context_->signature, mediaType_));
    co_await answer();
    connection_->unlimit();
    connection_->limitSilence(options.keepAliveTimeout,
                              {RTMS_E_KEEP_ALIVE, 0, "media server " + connection_->peer() + " fell silent"});
    isReady_ = true;
}

/// Message 4, whatever comes before it.
asio::awaitable<void> MediaSession::answer() {
    for (;;) {
        const std::string_view text = co_await connection_->read();
        const Message received = context_->parser->parse(text, 0);
        if (const auto *found = std::get_if<message::MediaAnswer>(&received)) {
            accept(*found);
            co_return;
        }
        handle(received);
    }
}

void MediaSession::accept(const message::MediaAnswer &received) {
    if (received.status != 0) {
        throw Ending{RTMS_E_STATUS, received.status,
                     "media handshake for " + std::string(media_type::nameOf(mediaType_)) +
                         " was refused with status " + std::to_string(received.status) + ": " +
                         excerpt(received.reason)};
    }
    if (received.encrypted) {
        context_->host->log(StreamHost::Level::warn,
                            "the media server says that it encrypts the payload, which was not "
                            "asked for; frames are passed on as they come");
    }
    Record record;
    record.kind = RTMS_KIND_MEDIA_READY;
    record.arrival = connection_->arrival();
    record.code = mediaType_;
    record.payload = received.mediaParams.size() <= maximalParams ? received.mediaParams : std::string_view();
    context_->host->write(record);
}

asio::awaitable<void> MediaSession::run() {
    const std::function<bool()> condition = [this] { return mayRead(); };
    co_await connection_->until(condition); // joined: what comes before cannot be taken in where it is closed by then
    co_await connection_->follow(condition, [this](std::string_view text) { take(text); });
}

void MediaSession::take(std::string_view text) {
    const std::int32_t wanted = context_->options.mediaTypes;
    const Message received = context_->parser->parse(text, wanted);
    const auto *media = std::get_if<message::Media>(&received);
    if (media == nullptr || !media->isRaw) {
        handle(received);
    } else if (!write(*media)) {
        handle(context_->parser->parseWholly(text, wanted));
    }
}

bool MediaSession::mayRead() const { return !resting_ && context_->host->mediaMayFlow(); }

void MediaSession::handle(const Message &received) {
    if (const auto *media = std::get_if<message::Media>(&received)) {
        if (!write(*media)) {
            throw Ending{RTMS_E_PROTOCOL, 0, "media server " + connection_->peer() + " sent data that is not Base64"};
        }
    } else if (const auto *metadata = std::get_if<message::Metadata>(&received)) {
        write(*metadata);
    } else if (const auto *request = std::get_if<message::KeepAlive>(&received)) {
        connection_->send(outgoing::keepAlive(request->timestamp));
    }
}

/// False where the data are not Base64; then nothing is written.
bool MediaSession::write(const message::Media &media) {
    Record record;
    record.kind = media.kind;
    record.userId = media.userId;
    record.timestamp = media.timestamp;
    record.start = media.start;
    record.end = media.end;
    record.arrival = connection_->arrival();
    record.code = media.language;
    record.detail = media.attribute;
    record.name = media.name;
    record.extra = media.extra;
    if (media.isText()) {
        record.payload = media.data;
        context_->host->write(record);
        return true;
    }
    const auto size = base64::decodedSize(media.data);
    std::uint8_t *place = size ? context_->host->begin(record, *size) : nullptr;
    if (place == nullptr || !base64::decode(media.data, place)) {
        context_->host->discard();
        return false;
    }
    context_->host->commit();
    return true;
}

void MediaSession::write(const message::Metadata &metadata) {
    Record record;
    record.kind = RTMS_KIND_METADATA;
    record.userId = metadata.userId;
    record.timestamp = metadata.timestamp;
    record.start = metadata.start;
    record.end = metadata.end;
    record.arrival = connection_->arrival();
    record.code = metadata.number;
    record.name = metadata.name;
    record.payload = metadata.json;
    context_->host->write(record);
}

void MediaSession::rest(bool resting) {
    resting_ = resting;
    connection_->notify();
}

void MediaSession::renew(std::chrono::milliseconds silence) {
    const std::chrono::milliseconds silentFor = connection_->silentFor();
    if (isReady_ && mayRead() && silentFor >= silence) {
        connection_->end({RTMS_E_KEEP_ALIVE, 0,
                          "media server " + connection_->peer() + " had been silent for " +
                              std::to_string(silentFor.count()) + " ms when its connection was to be renewed"});
    }
}

} // namespace rtms
