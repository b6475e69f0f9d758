#include "engine/tls_channel.h"

#include <algorithm>
#include <cerrno>
#include <limits>
#include <new>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

namespace rtms {

namespace asio = boost::asio;

namespace {

/// What one call reads from the socket: some records of 16 KiB, where OpenSSL alone would ask twice for each.
constexpr std::size_t readAhead = 64U * 1024;

bool isAddressText(const std::string &host) {
    boost::system::error_code notAnAddress;
    asio::ip::make_address(host, notAnAddress);
    return !notAnAddress;
}

int sizeFor(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max())); }

} // namespace

TlsChannel::TlsChannel(int descriptor, TlsClient client, const std::string &host)
    : client_(std::move(client)), transport_{descriptor}, ssl_(SSL_new(client_.context->native_handle()), SSL_free) {
    BIO *bio = ssl_ ? BIO_new(bioMethod()) : nullptr;
    if (bio == nullptr) {
        throw std::bad_alloc();
    }
    BIO_set_data(bio, &transport_);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_mode(ssl_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                 SSL_MODE_RELEASE_BUFFERS | SSL_MODE_AUTO_RETRY);
    SSL_set_read_ahead(ssl_.get(), 1);
    SSL_set_default_read_buffer_len(ssl_.get(), readAhead);
    const bool isAddress = isAddressText(host);
    if (!isAddress) { // server name indication is for names only
        SSL_set_tlsext_host_name(ssl_.get(), host.c_str());
    }
    SSL_set_verify(ssl_.get(), client_.verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    if (client_.verify) {
        verifyHost(host, isAddress);
    }
    SSL_set_connect_state(ssl_.get());
}

void TlsChannel::verifyHost(const std::string &host, bool isAddress) {
    const int set = isAddress ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), host.c_str())
                              : SSL_set1_host(ssl_.get(), host.c_str());
    if (set != 1) { // never without a check
        failure_ = asio::error::make_error_code(asio::error::invalid_argument);
    }
}

/// The socket below OpenSSL, whose own way to write to one raises SIGPIPE.
BIO_METHOD *TlsChannel::bioMethod() {
    static BIO_METHOD *const method = [] {
        BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "rtms socket");
        if (made == nullptr) {
            throw std::bad_alloc();
        }
        BIO_meth_set_read(made, readBelow);
        BIO_meth_set_write(made, writeBelow);
        BIO_meth_set_ctrl(made, controlBelow);
        return made;
    }();
    return method;
}

int TlsChannel::readBelow(BIO *bio, char *target, int size) {
    auto &transport = *static_cast<Transport *>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    const Result result = TcpChannel(transport.descriptor).read(target, static_cast<std::size_t>(size));
    if (result.bytes > 0) {
        return static_cast<int>(result.bytes);
    }
    if (result.want == Want::read) {
        BIO_set_retry_read(bio);
        return -1;
    }
    transport.ended = result.error == asio::error::eof;
    transport.error = transport.ended ? 0 : result.error.value();
    return transport.ended ? 0 : -1;
}

int TlsChannel::writeBelow(BIO *bio, const char *bytes, int size) {
    auto &transport = *static_cast<Transport *>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    const Result result = TcpChannel(transport.descriptor).write(bytes, static_cast<std::size_t>(size));
    if (result.bytes > 0) {
        return static_cast<int>(result.bytes);
    }
    if (result.want == Want::write) {
        BIO_set_retry_write(bio);
    }
    transport.error = result.error.value();
    return -1;
}

long TlsChannel::controlBelow(BIO *, int command, long, void *) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

/// OpenSSL's answers and those of the socket below it as one.
Channel::Result TlsChannel::call(int (*function)(SSL *, void *, int), void *bytes, std::size_t size) {
    transport_.ended = false;
    transport_.error = 0;
    ERR_clear_error();
    const int returned = function(ssl_.get(), bytes, sizeFor(size));
    switch (SSL_get_error(ssl_.get(), returned)) {
    case SSL_ERROR_NONE:
        return {static_cast<std::size_t>(returned), Want::nothing, {}};
    case SSL_ERROR_WANT_READ:
        return {0, Want::read, {}};
    case SSL_ERROR_WANT_WRITE:
        return {0, Want::write, {}};
    case SSL_ERROR_ZERO_RETURN:
        return {0, Want::nothing, asio::error::eof};
    case SSL_ERROR_SSL:
        return {0, Want::nothing, {static_cast<int>(ERR_get_error()), asio::error::get_ssl_category()}};
    default:
        return {0, Want::nothing,
                transport_.error == 0 ? asio::ssl::error::make_error_code(asio::ssl::error::stream_truncated)
                                      : boost::system::error_code(transport_.error, boost::system::system_category())};
    }
}

Channel::Result TlsChannel::handshake() {
    if (failure_) {
        return {0, Want::nothing, failure_};
    }
    Result result = call([](SSL *ssl, void *, int) { return SSL_do_handshake(ssl); }, nullptr, 0);
    result.bytes = 0;
    return result;
}

Channel::Result TlsChannel::read(char *target, std::size_t size) {
    Result all;
    while (all.bytes < size && !failure_) {
        const Result one = call(SSL_read, target + all.bytes, size - all.bytes);
        all.bytes += one.bytes;
        failure_ = one.error;
        if (one.bytes == 0) {
            all.want = one.want;
            break;
        }
    }
    if (all.bytes == 0) { // else it is told with the next call
        all.error = failure_;
    }
    return all;
}

Channel::Result TlsChannel::write(const char *bytes, std::size_t size) {
    return call([](SSL *ssl, void *place, int count) { return SSL_write(ssl, place, count); },
                const_cast<char *>(bytes), size);
}

std::string TlsChannel::certificateComplaint() const {
    const long result = client_.verify ? SSL_get_verify_result(ssl_.get()) : X509_V_OK;
    return result == X509_V_OK ? std::string() : X509_verify_cert_error_string(result);
}

} // namespace rtms
