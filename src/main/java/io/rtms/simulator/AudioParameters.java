package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Audio as it is really sent (rtms-protocol section 5.2): always raw L16, 16 kHz, mono; the client chooses frame length and whether it
 * hears one mixed stream or one for each speaker.
 *
 * @param dataOption 1 mixed, 2 one stream for each speaker
 * @param sendRateMs milliseconds in a frame: a multiple of 20 up to 1000
 */
record AudioParameters(int dataOption, int sendRateMs) {
    private static final int RAW = 2;
    private static final int RTP = 1;
    private static final int L16 = 1;
    private static final int G711 = 2;
    private static final int G722 = 3;
    private static final int OPUS = 4;
    private static final int STEP_MS = 20;
    private static final int LONGEST_MS = 1000;

    boolean perSpeaker() {
        return dataOption == 2;
    }

    /** What is sent to a client that asks for this; null and missing fields take Zoom's defaults. */
    static AudioParameters effective(JsonNode asked) {
        int sendRate = Math.clamp(asked.path("send_rate").asInt(STEP_MS), STEP_MS, LONGEST_MS);
        return new AudioParameters(asked.path("data_opt").asInt(1) == 2 ? 2 : 1, sendRate / STEP_MS * STEP_MS);
    }

    /** What Zoom's documents say about these parameters; the whole combination counts. */
    static Status check(JsonNode asked) {
        int content = asked.path("content_type").asInt(RAW);
        int codec = asked.path("codec").asInt(L16);
        int rate = asked.path("sample_rate").asInt(1);
        int channel = asked.path("channel").asInt(1);
        int dataOption = asked.path("data_opt").asInt(1);
        int sendRate = asked.path("send_rate").asInt(STEP_MS);
        if (content != RAW && content != RTP) {
            return Status.INVALID_AUDIO_CONTENT_TYPE;
        }
        if (codec < L16 || codec > OPUS) {
            return Status.INVALID_AUDIO_CODEC;
        }
        if (rate < 0 || rate > 3) {
            return Status.INVALID_AUDIO_SAMPLE_RATE;
        }
        if (channel != 1 && channel != 2) {
            return Status.INVALID_AUDIO_CHANNEL;
        }
        if (dataOption != 1 && dataOption != 2) {
            return Status.INVALID_AUDIO_DATA_OPT;
        }
        if (sendRate < STEP_MS || sendRate % STEP_MS != 0 || (codec != L16 && sendRate != STEP_MS)) {
            return Status.INVALID_AUDIO_SEND_RATE;
        }
        boolean allowed = switch (codec) {
            case L16 -> content == RAW;
            case G711 -> rate == 0 && channel == 1;
            case G722 -> rate == 1 && channel == 1;
            default -> rate == 3;
        };
        return allowed ? Status.OK : Status.INVALID_AUDIO_PARAMS;
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("content_type", RAW)
                .put("sample_rate", 1)
                .put("channel", 1)
                .put("codec", L16)
                .put("data_opt", dataOption)
                .put("send_rate", sendRateMs);
    }
}
