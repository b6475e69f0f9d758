package io.rtms.media;

import static io.rtms.media.InvalidParameterException.require;

import java.util.Objects;

/**
 * How transcripts are asked for (rtms-protocol section 5.2). Immutable; what a builder leaves unset keeps its default.
 *
 * @param sourceLanguage the language spoken at first, so that transcripts begin at once; {@link TranscriptLanguage#NONE} to have it
 *     identified, which takes Zoom up to half a minute
 * @param languageIdentification whether Zoom goes on to identify the language; false stays with {@code sourceLanguage}
 */
public record TranscriptParams(TranscriptLanguage sourceLanguage, boolean languageIdentification) {
    private static final TranscriptParams SDK = new TranscriptParams(TranscriptLanguage.NONE, true);
    private static final TranscriptParams PROTOCOL = new TranscriptParams(TranscriptLanguage.ENGLISH, true);

    /** @throws InvalidParameterException where Zoom would refuse the combination */
    public TranscriptParams {
        Objects.requireNonNull(sourceLanguage, "sourceLanguage");
        require(
                sourceLanguage != TranscriptLanguage.UNKNOWN,
                "transcript.sourceLanguage",
                sourceLanguage,
                "NONE, or one of the languages of TranscriptLanguage");
        require(
                languageIdentification || sourceLanguage != TranscriptLanguage.NONE,
                "transcript.languageIdentification",
                languageIdentification,
                "true where sourceLanguage is NONE");
    }

    /** What Zoom's SDKs ask for: no language given, it is identified. */
    public static TranscriptParams defaults() {
        return SDK;
    }

    /** What Zoom's servers do when asked for nothing in particular: English at first, then the language is identified. */
    public static TranscriptParams protocolDefaults() {
        return PROTOCOL;
    }

    /** A builder that starts with {@link #defaults()}. */
    public static Builder builder() {
        return SDK.toBuilder();
    }

    /** A builder that starts with these. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The same with another language to begin with. */
    public TranscriptParams withSourceLanguage(TranscriptLanguage language) {
        return toBuilder().sourceLanguage(language).build();
    }

    /** Changes some fields and checks them together at the end. */
    public static final class Builder {
        private TranscriptLanguage sourceLanguage;
        private boolean languageIdentification;

        private Builder(TranscriptParams from) {
            sourceLanguage = from.sourceLanguage;
            languageIdentification = from.languageIdentification;
        }

        /** The language spoken at first. */
        public Builder sourceLanguage(TranscriptLanguage value) {
            sourceLanguage = value;
            return this;
        }

        /** Whether Zoom goes on to identify the language. */
        public Builder languageIdentification(boolean value) {
            languageIdentification = value;
            return this;
        }

        /** @throws InvalidParameterException where Zoom would refuse the combination */
        public TranscriptParams build() {
            return new TranscriptParams(sourceLanguage, languageIdentification);
        }
    }
}
