#ifndef RTMS_ENGINE_UPGRADE_H
#define RTMS_ENGINE_UPGRADE_H

#include <string>
#include <string_view>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/system/error_code.hpp>

#include "engine/url.h"

namespace rtms {

/// The opening handshake of a WebSocket (RFC 6455 section 4.1), without extensions: what is to be sent, and whether
/// what comes is the answer to it.
class Upgrade {
  public:
    /// Throws std::bad_alloc where OpenSSL has no random numbers.
    explicit Upgrade(const Url &url);

    const std::string &request() const { return request_; }

    /// Takes the next bytes of the answer. True when it is complete; error() says whether it is a good one.
    bool take(std::string_view bytes);
    /// The peer has sent all that it will.
    void end();

    const boost::system::error_code &error() const { return error_; }
    /// What the server answered, 0 where it did not.
    unsigned status() const { return status_; }
    /// What has come behind the answer.
    std::string_view rest() const { return received_; }

  private:
    boost::system::error_code check() const;

    std::string key_;
    std::string request_;
    boost::beast::http::response_parser<boost::beast::http::empty_body> parser_;
    std::string received_;
    boost::system::error_code error_;
    unsigned status_ = 0;
};

} // namespace rtms

#endif
