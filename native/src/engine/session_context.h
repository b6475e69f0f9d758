#ifndef RTMS_ENGINE_SESSION_CONTEXT_H
#define RTMS_ENGINE_SESSION_CONTEXT_H

#include <memory>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>

#include "engine/message_parser.h"
#include "engine/proxy.h"
#include "engine/tls.h"
#include "engine/websocket.h"
#include "loop/stream_host.h"
#include "loop/stream_options.h"

namespace rtms {

/// What all sessions of one attempt work with; it does not change while the attempt runs.
struct SessionContext {
    boost::asio::io_context &io;
    std::shared_ptr<StreamHost> host;
    std::shared_ptr<MessageParser> parser;    // shared by the whole loop
    std::shared_ptr<LoopResources> resources; // as well
    TlsClient tls;
    std::optional<Proxy> proxy;
    StreamOptions options;
    std::string signature;
};

} // namespace rtms

#endif
