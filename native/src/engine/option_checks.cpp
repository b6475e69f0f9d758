// What every engine asks of options: URLs, proxies and certificates are understood in one way.

#include <boost/system/system_error.hpp>

#include "engine/proxy.h"
#include "engine/tls.h"
#include "engine/url.h"
#include "loop/engine.h"
#include "rtms.h"

namespace rtms {

std::int32_t checkString(std::int32_t option, const std::string &value) {
    if (value.empty()) {
        return RTMS_OK;
    }
    if (option == RTMS_STRING_PROXY) {
        return parseProxy(value) ? RTMS_OK : RTMS_E_INVALID_ARGUMENT;
    }
    try {
        if (option == RTMS_STRING_CA_FILE) {
            TlsContexts::shared().find(value);
        }
        return RTMS_OK;
    } catch (const boost::system::system_error &) {
        return RTMS_E_INVALID_ARGUMENT;
    }
}

std::int32_t checkOptions(const StreamOptions &options) {
    return parseServerList(options.serverUrls).empty() ? RTMS_E_INVALID_ARGUMENT : RTMS_OK;
}

} // namespace rtms
