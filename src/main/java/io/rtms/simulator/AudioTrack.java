package io.rtms.simulator;

import io.rtms.media.AudioCodec;
import io.rtms.media.AudioParams;
import io.rtms.media.ContentType;
import io.rtms.simulator.sound.AudioEncoder;
import io.rtms.simulator.sound.PcmConverter;
import io.rtms.simulator.sound.PcmFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One stream of audio on one connection, as its parameters say: one speaker's, or the sum of all. What is coded already is passed on: packets
 * cannot be summed, so that where several speak the first one's are heard. For one thread.
 */
final class AudioTrack {
    private final AudioParams params;
    private final boolean mixed;
    private final PcmFormat format;
    private final Map<Voice, PcmConverter> converters = new HashMap<>();
    private final Optional<RtpPackets> rtp;
    private AudioEncoder encoder;

    /** @param source number of the stream's source, for RTP */
    AudioTrack(AudioParams params, boolean mixed, long source) {
        this.params = params;
        this.mixed = mixed;
        this.format =
                new PcmFormat(params.sampleRate().hertz(), params.channel().number());
        this.rtp = params.contentType() == ContentType.RTP
                ? Optional.of(new RtpPackets(params.codec(), source))
                : Optional.empty();
    }

    /** The next frame of those who speak; empty where there is nothing of them in this codec. */
    Optional<byte[]> frame(List<Voice> voices) {
        Optional<byte[]> payload = ready(voices.getFirst());
        if (payload.isEmpty() && params.codec() != AudioCodec.G722) {
            payload = Optional.of(encoder().encode(sum(voices)));
        }
        return rtp.isPresent() ? payload.map(rtp.get()::wrap) : payload;
    }

    /** A speaker's packet where it is coded already; in the mix only what was recorded so. */
    private Optional<byte[]> ready(Voice voice) {
        return mixed ? voice.recorded(params.codec()) : voice.packet(params.codec(), format.channels());
    }

    private AudioEncoder encoder() {
        if (encoder == null) {
            encoder = AudioEncoder.of(params.codec(), format);
        }
        return encoder;
    }

    private short[] sum(List<Voice> voices) {
        short[] sum = samples(voices.getFirst());
        for (Voice voice : voices.subList(1, voices.size())) {
            short[] more = samples(voice);
            for (int i = 0; i < sum.length; i++) {
                sum[i] = PcmConverter.clip(sum[i] + more[i]);
            }
        }
        return sum;
    }

    private short[] samples(Voice voice) {
        return converters
                .computeIfAbsent(voice, one -> new PcmConverter(one.format(), format))
                .next(voice.samples(params.duration()));
    }
}
