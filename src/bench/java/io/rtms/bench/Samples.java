package io.rtms.bench;

import io.rtms.event.Participant;
import io.rtms.media.TranscriptLanguage;
import io.rtms.transcript.log.TranscriptEntry;

/** What several benchmarks use, so that their figures can be compared. */
public final class Samples {
    private Samples() {}

    /** A line as people say it. */
    public static TranscriptEntry utterance() {
        return new TranscriptEntry.Utterance(
                "segment",
                new Participant(16_778_240, "Anna"),
                "Then let us write down: frother first, and taste the rest on Friday.",
                TranscriptLanguage.ENGLISH,
                false,
                1_700_000_000_000L,
                1_700_000_002_000L,
                1_700_000_002_000L);
    }
}
