#ifndef RTMS_ENGINE_SIGNATURE_H
#define RTMS_ENGINE_SIGNATURE_H

#include <string>
#include <string_view>

#include "loop/stream_options.h"

namespace rtms {

/// The signature of messages 1 and 3 (rtms-protocol.md section 3): lower-case hex of the HMAC-SHA256, keyed with the
/// client's secret, of "clientId,id,streamId". The ids are used exactly as received.
std::string sign(std::string_view clientId, std::string_view clientSecret, std::string_view id,
                 std::string_view streamId);

/// The ready signature of these options, or the one that their credentials make.
std::string signatureOf(const StreamOptions &options);

} // namespace rtms

#endif
