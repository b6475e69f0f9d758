#include "engine/tls.h"

#include <fstream>

#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include "engine/ending.h"
#include "rtms.h"
#include "support/certificates.h"

namespace rtms {
namespace {

using test::Certificate;
using test::TemporaryFile;

TEST(TlsContexts, TheLeastVersionIs12) {
    const TemporaryFile file(Certificate("DNS:a").certificate);
    for (const std::string &caFile : {std::string(), file.path()}) {
        EXPECT_EQ(SSL_CTX_get_min_proto_version(TlsContexts::shared().find(caFile)->native_handle()), TLS1_2_VERSION);
    }
}

TEST(TlsContexts, AFileIsReadOnceUntilItChanges) {
    const TemporaryFile file(Certificate("DNS:a").certificate);
    TlsContexts contexts;
    const auto first = contexts.find(file.path());
    EXPECT_EQ(contexts.find(file.path()), first);
    EXPECT_NE(contexts.find(""), first);
    std::ofstream(file.path(), std::ios::app) << "\n";
    const auto second = contexts.find(file.path());
    EXPECT_NE(second, first);
    EXPECT_EQ(contexts.find(file.path()), second);
}

TEST(TlsContexts, ManyFilesAreNotAllKept) {
    const std::string certificate = Certificate("DNS:a").certificate;
    TlsContexts contexts;
    const TemporaryFile kept(certificate);
    const std::weak_ptr<boost::asio::ssl::context> context = contexts.find(kept.path());
    for (int number = 0; number < 70; ++number) {
        contexts.find(TemporaryFile(certificate).path());
    }
    EXPECT_TRUE(context.expired());
}

TEST(TlsSettings, AStreamsOwnGoBeforeTheLoops) {
    const TemporaryFile file(Certificate("DNS:a").certificate);
    const TemporaryFile other(Certificate("DNS:a").certificate);
    TlsSettings settings;
    EXPECT_TRUE(settings.client("", std::nullopt).verify);
    EXPECT_FALSE(settings.client("", false).verify);
    EXPECT_EQ(settings.client("", false).context, TlsContexts::shared().find(""));
    EXPECT_EQ(settings.set(file.path(), false), RTMS_OK);
    EXPECT_FALSE(settings.client("", std::nullopt).verify);
    EXPECT_TRUE(settings.client("", true).verify);
    EXPECT_EQ(settings.client("", std::nullopt).context, TlsContexts::shared().find(file.path()));
    EXPECT_EQ(settings.client(other.path(), true).context, TlsContexts::shared().find(other.path()));
}

TEST(TlsSettings, AFileThatIsGoneIsATlsFailure) {
    std::string gone;
    TlsSettings settings;
    {
        const TemporaryFile file(Certificate("DNS:a").certificate);
        gone = file.path();
        EXPECT_TRUE(settings.client(gone, std::nullopt).context);
    }
    try {
        settings.client(gone, std::nullopt);
        FAIL() << "a file that does not exist was read";
    } catch (const Ending &ending) {
        EXPECT_EQ(ending.code, RTMS_E_TLS);
        EXPECT_NE(ending.reason.find(gone), std::string::npos);
    }
}

} // namespace
} // namespace rtms
