#ifndef RTMS_ZOOM_PARAMETERS_H
#define RTMS_ZOOM_PARAMETERS_H

#include <string>

#include "zoom/sdk.h"

namespace rtms::zoom {

/// RTMS_STRING_MEDIA_PARAMS as Zoom's SDK takes them. A medium without parameters is left to the SDK; of one that has
/// some, what is missing takes the protocol's defaults (rtms-protocol.md section 5.2).
class Parameters {
  public:
    explicit Parameters(const std::string &json);
    Parameters(const Parameters &) = delete;
    Parameters &operator=(const Parameters &) = delete;

    /// For config(); it points into this object.
    media_parameters *get() { return &media_; }

  private:
    audio_parameters audio_{};
    video_parameters video_{};
    ds_parameters share_{};
    transcript_parameters transcript_{};
    media_parameters media_{};
};

} // namespace rtms::zoom

#endif
