package io.rtms.event;

import java.util.List;

/**
 * What an AI interpreter does with a participant's audio. The fields are those of Zoom's SDK; their JSON names are not documented.
 *
 * @param languageId {@code lid}: Zoom's number of the source language
 * @param timestamp Zoom's time, milliseconds since the epoch
 * @param channels channels of the interpreted audio
 * @param sampleRate Zoom's number of its sample rate
 * @param targets the languages it is interpreted into, 99 at most
 */
public record AiInterpreter(int languageId, long timestamp, int channels, int sampleRate, List<Target> targets) {
    public AiInterpreter {
        targets = List.copyOf(targets);
    }

    /**
     * One language it is interpreted into.
     *
     * @param languageId {@code lid}: Zoom's number of the language
     * @param toneId {@code toneid}
     * @param voiceId {@code voice_id}
     * @param engine the engine that interprets
     */
    public record Target(int languageId, String toneId, String voiceId, String engine) {}
}
