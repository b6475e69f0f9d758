package io.rtms.event;

import io.rtms.media.TranscriptLanguage;
import java.util.Objects;
import java.util.Optional;

/**
 * What Zoom says about a frame, an utterance or a chat message, beside its payload and time.
 *
 * @param participant whose it is; {@link Participant#NONE} where the medium is mixed
 * @param startMs begin, milliseconds since the epoch; 0 where Zoom did not tell
 * @param endMs end; 0 where Zoom did not tell
 * @param language the language of the words; {@link TranscriptLanguage#NONE} where Zoom did not tell
 * @param attribute whether this is new, or replaces or deletes something earlier
 * @param channelId contact center: the channel; empty otherwise
 * @param aiInterpreter what an AI interpreter does with this audio, where there is one
 */
public record Metadata(
        Participant participant,
        long startMs,
        long endMs,
        TranscriptLanguage language,
        TranscriptAttribute attribute,
        String channelId,
        Optional<AiInterpreter> aiInterpreter) {
    /** Of a mixed stream. */
    public static final Metadata NONE = of(Participant.NONE);

    public Metadata {
        Objects.requireNonNull(participant, "participant");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(attribute, "attribute");
        Objects.requireNonNull(channelId, "channelId");
        Objects.requireNonNull(aiInterpreter, "aiInterpreter");
    }

    /** Says whose it is and no more. */
    public static Metadata of(Participant participant) {
        return new Metadata(participant, 0, 0, TranscriptLanguage.NONE, TranscriptAttribute.NONE, "", Optional.empty());
    }
}
