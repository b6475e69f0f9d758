#include "zoom/parameters.h"

#include <array>

#include <boost/json.hpp>

namespace rtms::zoom {

namespace {

using boost::json::object;

/// Samples a second, by the protocol's number.
constexpr std::array<std::int64_t, 4> sampleRates{8000, 16'000, 32'000, 48'000};

std::int64_t field(const object &from, std::string_view name, std::int64_t otherwise) {
    const auto *value = from.if_contains(boost::json::string_view(name.data(), name.size()));
    if (value == nullptr) {
        return otherwise;
    }
    if (const bool *flag = value->if_bool()) {
        return *flag ? 1 : 0;
    }
    boost::system::error_code error;
    const auto number = value->to_number<std::int64_t>(error);
    return error ? otherwise : number;
}

const object *medium(const object &all, std::string_view name) {
    const auto *value = all.if_contains(boost::json::string_view(name.data(), name.size()));
    return value == nullptr ? nullptr : value->if_object();
}

void read(const object &from, audio_parameters &audio) {
    const std::int64_t rate = field(from, "sample_rate", 1);
    const std::int64_t duration = field(from, "send_rate", 20);
    const bool isKnown = rate >= 0 && rate < static_cast<std::int64_t>(sampleRates.size());
    assign(audio.content_type, field(from, "content_type", 2));
    assign(audio.codec, field(from, "codec", 1));
    assign(audio.sample_rate, rate);
    assign(audio.channel, field(from, "channel", 1));
    assign(audio.data_opt, field(from, "data_opt", 1));
    assign(audio.duration, duration);
    assign(audio.frame_size, isKnown ? sampleRates.at(static_cast<std::size_t>(rate)) * duration / 1000 : 0);
}

void read(const object &from, video_parameters &video) {
    assign(video.content_type, field(from, "content_type", 3));
    assign(video.codec, field(from, "codec", 5));
    assign(video.resolution, field(from, "resolution", 2));
    assign(video.data_opt, field(from, "data_opt", 3));
    assign(video.fps, field(from, "fps", 5));
}

void read(const object &from, ds_parameters &share) {
    assign(share.content_type, field(from, "content_type", 3));
    assign(share.codec, field(from, "codec", 5));
    assign(share.resolution, field(from, "resolution", 3));
    assign(share.fps, field(from, "fps", 1));
}

void read(const object &from, transcript_parameters &transcript) {
    assign(transcript.content_type, field(from, "content_type", 5));
    assign(transcript.src_language, field(from, "src_language", -1));
    assign(transcript.enable_lid, field(from, "enable_lid", 1));
}

} // namespace

Parameters::Parameters(const std::string &json) {
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(json.empty() ? "{}" : json, error);
    if (error || !value.is_object()) {
        return; // checked when it was set
    }
    const object &all = value.get_object();
    if (const object *audio = medium(all, "audio")) {
        read(*audio, audio_);
        give(media_.audio_param, audio_);
    }
    if (const object *video = medium(all, "video")) {
        read(*video, video_);
        give(media_.video_param, video_);
    }
    if (const object *share = medium(all, "deskshare")) {
        read(*share, share_);
        give(media_.ds_param, share_);
    }
    if (const object *transcript = medium(all, "transcript")) {
        read(*transcript, transcript_);
        give(media_.tr_param, transcript_);
    }
}

} // namespace rtms::zoom
