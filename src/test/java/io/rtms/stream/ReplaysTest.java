package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.AudioData;
import io.rtms.event.Cause;
import io.rtms.event.DropCause;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.event.Metadata;
import io.rtms.event.Participant;
import io.rtms.event.Product;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import io.rtms.event.TranscriptAttribute;
import io.rtms.event.TranscriptData;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptLanguage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplaysTest {
    private static final StreamRef STREAM = new StreamRef("s", Product.MEETING, "m");

    private final Replays replays = new Replays();

    @Test
    void audioIsToldByTheTimeOfItsSpeaker() {
        expect(false, audio(1, 100), audio(2, 500), audio(1, 120));
        replays.expect();
        expect(true, audio(1, 100), audio(1, 120), audio(2, 480), audio(2, 500));
        expect(false, audio(1, 140), audio(2, 520), audio(3, 10));
        assertEquals(
                List.of(new FramesDropped(STREAM, MediaType.AUDIO, DropCause.REPEATED, 4, 4, 100, 500)),
                replays.reportsBefore(audio(1, 140)));
        assertEquals(List.of(), replays.reportsBefore(audio(1, 160)));
    }

    @Test
    void withoutAnInterruptionTimeMayGoBack() {
        expect(false, audio(1, 100), audio(1, 100), audio(1, 80));
    }

    @Test
    void oncePastTheReplayTimeMayGoBackAgain() {
        expect(false, audio(1, 100));
        replays.expect();
        expect(true, audio(1, 100));
        expect(false, audio(1, 120), audio(1, 110));
    }

    @Test
    void aSecondInterruptionInTheReplayChangesNothing() {
        expect(false, audio(1, 100), audio(1, 120), audio(1, 140));
        replays.expect();
        expect(true, audio(1, 100));
        replays.expect();
        expect(true, audio(1, 100), audio(1, 120), audio(1, 140));
        expect(false, audio(1, 160));
    }

    @Test
    void withoutTimeStampsEverythingPasses() {
        expect(false, audio(1, 0));
        replays.expect();
        expect(false, audio(1, 0), line(1, 0, "a", TranscriptAttribute.NEW), line(1, 0, "a", TranscriptAttribute.NEW));
    }

    @Test
    void wordsAreToldByAllTheySay() {
        TranscriptData said = line(1, 100, "yes", TranscriptAttribute.NEW);
        expect(false, said);
        replays.expect();
        expect(
                false,
                line(2, 100, "yes", TranscriptAttribute.NEW),
                line(1, 101, "yes", TranscriptAttribute.NEW),
                line(1, 100, "no!", TranscriptAttribute.NEW),
                line(1, 100, "yes", TranscriptAttribute.UPDATE));
        expect(true, said, line(1, 100, "yes", TranscriptAttribute.NEW));
        assertEquals(
                List.of(new FramesDropped(STREAM, MediaType.TRANSCRIPT, DropCause.REPEATED, 2, 6, 100, 100)),
                replays.reportsBefore(new StreamLeft(STREAM, Cause.NONE, 0)));
    }

    @Test
    void channelsOfAContactCenterAreApart() {
        AudioData agent = audio(0, 1000, "agent");
        AudioData caller = audio(0, 980, "caller");
        expect(false, agent, caller);
        replays.expect();
        expect(true, agent, caller);
        expect(false, audio(0, 1000, "caller"), audio(0, 1020, "agent"));
    }

    @Test
    void withoutAnInterruptionWordsMayReturnToWhatTheyWere() {
        TranscriptData first = line(1, 100, "a", TranscriptAttribute.UPDATE);
        TranscriptData other = line(1, 100, "b", TranscriptAttribute.UPDATE);
        expect(false, first, other, first);
        replays.expect();
        expect(true, first, other, first);
    }

    @Test
    void memoryIsBounded() {
        for (int i = 1; i <= 100_000; i++) {
            assertFalse(replays.isRepeated(audio(i, 100)));
            assertFalse(replays.isRepeated(line(1, i, "yes", TranscriptAttribute.NEW)));
        }
        replays.expect();
        assertTrue(replays.isRepeated(line(1, 100_000, "yes", TranscriptAttribute.NEW)));
        assertFalse(replays.isRepeated(line(1, 1, "yes", TranscriptAttribute.NEW)), "long forgotten");
    }

    private void expect(boolean repeated, MediaData... frames) {
        for (MediaData frame : frames) {
            assertEquals(repeated, replays.isRepeated(frame), frame::toString);
        }
    }

    private static AudioData audio(long speaker, long timestamp) {
        return audio(speaker, timestamp, "");
    }

    private static AudioData audio(long speaker, long timestamp, String channel) {
        Metadata metadata = new Metadata(
                new Participant(speaker, "P"),
                0,
                0,
                TranscriptLanguage.NONE,
                TranscriptAttribute.NONE,
                channel,
                Optional.empty());
        return new AudioData(STREAM, metadata, new byte[1], timestamp, System.nanoTime());
    }

    private static TranscriptData line(long speaker, long timestamp, String text, TranscriptAttribute attribute) {
        return new TranscriptData(STREAM, of(speaker, attribute), text, timestamp, System.nanoTime());
    }

    private static Metadata of(long speaker, TranscriptAttribute attribute) {
        return new Metadata(
                new Participant(speaker, "P"), 0, 0, TranscriptLanguage.NONE, attribute, "", Optional.empty());
    }
}
