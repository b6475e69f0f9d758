#ifndef RTMS_ENGINE_SIGNATURE_H
#define RTMS_ENGINE_SIGNATURE_H

#include <string>
#include <string_view>

namespace rtms {

/// The signature of messages 1 and 3 (rtms-protocol.md section 3): lower-case hex of the HMAC-SHA256, keyed with the
/// client's secret, of "clientId,id,streamId". The ids are used exactly as received.
std::string sign(std::string_view clientId, std::string_view clientSecret, std::string_view id,
                 std::string_view streamId);

} // namespace rtms

#endif
