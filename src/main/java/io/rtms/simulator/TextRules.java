package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.ContentType;
import io.rtms.media.TranscriptLanguage;
import io.rtms.media.TranscriptParams;

/** What Zoom's documents say about the parameters of transcripts and chat (rtms-protocol section 5.2). */
final class TextRules {
    private static final TranscriptParams DEFAULTS = TranscriptParams.protocolDefaults();

    private TextRules() {}

    /** What is wrong with the parameters of transcripts, if anything. */
    static Status checkTranscript(Asked asked) {
        if (!isText(asked)) {
            return Status.INVALID_TRANSCRIPT_CONTENT_TYPE;
        }
        TranscriptLanguage language = language(asked);
        if (language == TranscriptLanguage.UNKNOWN) {
            return Status.INVALID_TRANSCRIPT_SOURCE_LANGUAGE;
        }
        JsonNode identification = asked.fields().path("enable_lid");
        boolean right = identification.isMissingNode() || identification.isNull() || identification.isBoolean();
        return right && (language != TranscriptLanguage.NONE || identifies(asked))
                ? Status.OK
                : Status.INVALID_TRANSCRIPT_PARAMS;
    }

    /** What is wrong with the parameters of chat, if anything. */
    static Status checkChat(Asked asked) {
        return isText(asked) ? Status.OK : Status.INVALID_CHAT_CONTENT_TYPE;
    }

    /** The nearest that is right: English for a language that there is not, and identification where no language is given. */
    static TranscriptParams nearestTranscript(Asked asked) {
        TranscriptLanguage language = language(asked);
        return language == TranscriptLanguage.UNKNOWN
                ? new TranscriptParams(DEFAULTS.sourceLanguage(), identifies(asked))
                : new TranscriptParams(language, identifies(asked) || language == TranscriptLanguage.NONE);
    }

    static ObjectNode toJson() {
        return Messages.object().put("content_type", ContentType.TEXT.number());
    }

    static ObjectNode toJson(TranscriptParams transcript) {
        return toJson().put("src_language", transcript.sourceLanguage().number())
                .put("enable_lid", transcript.languageIdentification());
    }

    private static boolean isText(Asked asked) {
        return asked.number("content_type", ContentType.TEXT) == ContentType.TEXT.number();
    }

    /** Also by the name that older clients use (C25). */
    private static TranscriptLanguage language(Asked asked) {
        int older = asked.number("language", DEFAULTS.sourceLanguage());
        return TranscriptLanguage.of(asked.number("src_language", older));
    }

    private static boolean identifies(Asked asked) {
        return asked.fields().path("enable_lid").asBoolean(DEFAULTS.languageIdentification());
    }
}
