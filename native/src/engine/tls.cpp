#include "engine/tls.h"

#include <utility>

#include <boost/system/system_error.hpp>

#include "rtms.h"

namespace rtms {

namespace ssl = boost::asio::ssl;

namespace {

/// Shared by all loops: reading the system's authorities takes tens of milliseconds. Never destroyed, because loops may
/// outlive main().
std::shared_ptr<TlsClient> systemClient() {
    static const auto *const client = new std::shared_ptr<TlsClient>(std::make_shared<TlsClient>("", true));
    return *client;
}

} // namespace

TlsClient::TlsClient(const std::string &caFile, bool verifyPeer) : verify(verifyPeer) {
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.set_verify_mode(verify ? ssl::verify_peer : ssl::verify_none);
    if (!caFile.empty()) {
        context.load_verify_file(caFile);
    } else if (verify) {
        context.set_default_verify_paths();
    }
}

std::int32_t TlsSettings::set(const std::string &caFile, bool verify) {
    try {
        auto client = std::make_shared<TlsClient>(caFile, verify);
        const std::scoped_lock lock(mutex_);
        client_ = std::move(client);
        return RTMS_OK;
    } catch (const boost::system::system_error &) {
        return RTMS_E_INVALID_ARGUMENT;
    }
}

std::shared_ptr<TlsClient> TlsSettings::client() {
    const std::scoped_lock lock(mutex_);
    return client_ ? client_ : systemClient();
}

} // namespace rtms
