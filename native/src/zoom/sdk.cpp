#include "zoom/sdk.h"

#include "rtms.h"

namespace rtms::zoom {

namespace {

const char *wordsFor(int code) {
    switch (code) {
    case -1:
        return "failure";
    case 0:
        return "success";
    case 1:
        return "time-out";
    case 2:
        return "does not exist";
    case 3:
        return "wrong type";
    case 4:
        return "invalid status";
    case 5:
        return "invalid arguments";
    default:
        return "unknown";
    }
}

} // namespace

std::string describe(const char *call, int code) {
    return std::string("Zoom's SDK: ") + call + " answered " + std::to_string(code) + " (" + wordsFor(code) + ")";
}

std::int32_t errorOf(int code) {
    switch (code) {
    case 0:
        return RTMS_OK;
    case 1:
        return RTMS_E_TIMEOUT;
    case 3:
    case 5:
        return RTMS_E_INVALID_ARGUMENT;
    case 4:
        return RTMS_E_STATE;
    default: // 2 too: a stream that is not there
        return RTMS_E_CONNECT;
    }
}

} // namespace rtms::zoom
