#include "engine/tls.h"

#include <utility>

#include <boost/system/system_error.hpp>

#include "engine/ending.h"
#include "rtms.h"

namespace rtms {

namespace ssl = boost::asio::ssl;

namespace {

/// More files than anybody has; callers that make up ever new names must not fill the memory.
constexpr std::size_t maximalEntries = 64;

std::shared_ptr<ssl::context> createContext(const std::string &caFile) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    if (caFile.empty()) {
        context->set_default_verify_paths();
    } else {
        context->load_verify_file(caFile);
    }
    return context;
}

} // namespace

TlsContexts &TlsContexts::shared() {
    static auto *const contexts = new TlsContexts; // never destroyed: loops may outlive main()
    return *contexts;
}

TlsContexts::Stamp TlsContexts::stampOf(const std::string &file) {
    struct stat found {};
    if (file.empty() || ::stat(file.c_str(), &found) != 0) {
        return {};
    }
    return {found.st_dev, found.st_ino, found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
}

std::shared_ptr<ssl::context> TlsContexts::find(const std::string &caFile) {
    const std::scoped_lock lock(mutex_);
    const Stamp stamp = stampOf(caFile);
    const auto found = entries_.find(caFile);
    if (found != entries_.end() && found->second.stamp == stamp) {
        return found->second.context;
    }
    auto context = createContext(caFile);
    if (entries_.size() >= maximalEntries) {
        entries_.clear(); // those in use live on
    }
    entries_[caFile] = {stamp, context};
    return context;
}

std::int32_t TlsSettings::set(const std::string &caFile, bool verify) {
    try {
        // Reading all of the system's authorities takes as long as half the service's start: that waits for a join.
        TlsClient client{caFile.empty() ? nullptr : TlsContexts::shared().find(caFile), verify};
        const std::scoped_lock lock(mutex_);
        client_ = std::move(client);
        return RTMS_OK;
    } catch (const boost::system::system_error &) {
        return RTMS_E_INVALID_ARGUMENT;
    }
}

TlsClient TlsSettings::client(const std::string &caFile, std::optional<bool> verify) {
    TlsClient client;
    {
        const std::scoped_lock lock(mutex_);
        client = client_;
    }
    client.verify = verify.value_or(client.verify);
    try {
        if (!caFile.empty() || !client.context) {
            client.context = TlsContexts::shared().find(caFile);
        }
    } catch (const boost::system::system_error &error) {
        throw Ending{RTMS_E_TLS, 0, "the authorities in " + caFile + " cannot be read: " + error.code().message()};
    }
    return client;
}

} // namespace rtms
