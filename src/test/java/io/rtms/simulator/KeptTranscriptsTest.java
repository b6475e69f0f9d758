package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.MEDIA_AUDIO;
import static io.rtms.simulator.SimulatedZoom.MEDIA_TRANSCRIPT;
import static io.rtms.simulator.SimulatedZoom.ready;
import static io.rtms.simulator.SimulatedZoom.words;
import static io.rtms.simulator.SimulatedZoom.wordsFrom;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StopReason;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptTranscriptsTest {
    private static final Fault CUT = new Fault.DropSignaling(Ending.CLOSE_1011, Notice.NONE);

    private final SimulatedZoom zoom = new SimulatedZoom();

    @AfterEach
    void close() throws Exception {
        zoom.close();
    }

    @Test
    void whatIsSaidMeanwhileIsSentOnceAndInOrderWhereItIsKept() throws Exception {
        SimulatedMeeting meeting = zoom.play(words(40), options().withKeptTranscripts(true));
        Heard heard = loseAndComeBack(meeting, 5);
        assertEquals(wordsFrom(0, 40), heard.all());
        assertEquals(wordsFrom(0, 40), meeting.ledger().textsSent());
        assertEquals(List.of(), meeting.ledger().textsSentAgain());
        assertEquals(40, meeting.transcriptsSent());
        assertEquals(0, meeting.transcriptsLost());
    }

    @Test
    void whatIsSaidMeanwhileIsLostOtherwise() throws Exception {
        SimulatedMeeting meeting = zoom.play(words(40), options());
        Heard heard = loseAndComeBack(meeting, 5);
        assertEquals(meeting.ledger().textsSent(), heard.all());
        assertTrue(meeting.ledger().textsLost().size() >= 5);
        assertEquals(40 - heard.all().size(), meeting.transcriptsLost());
    }

    @Test
    void whatWasSentBeforeTheLossIsSentAgainWhereThereIsAnOverlap() throws Exception {
        SimulatedMeeting meeting =
                zoom.play(words(40), options().withKeptTranscripts(true).withOverlap(Duration.ofMillis(500)));
        Heard heard = loseAndComeBack(meeting, 3);
        List<String> again = new ArrayList<>(heard.before());
        again.retainAll(heard.after());
        assertFalse(again.isEmpty());
        assertEquals(again, meeting.ledger().textsSentAgain());
        assertEquals(wordsFrom(0, 40), List.copyOf(new LinkedHashSet<>(heard.all())));
        assertEquals(again, heard.after().subList(0, again.size()));
        assertEquals(40, meeting.transcriptsSent());
    }

    @Test
    void theEndWaitsForAClientThatIsAwayAndWillComeBack() throws Exception {
        SimulatedMeeting meeting = zoom.play(words(10), options().withKeptTranscripts(true));
        Client first = zoom.signaling(meeting);
        Client lost = zoom.media(meeting, MEDIA_TRANSCRIPT);
        first.send(ready(meeting));
        lost.expect(Messages.TRANSCRIPT);
        meeting.apply(CUT);
        Awaitility.await().until(() -> meeting.ledger().transcripts().size() == 10);
        try (Client second = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
            second.send(ready(meeting));
            assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
            media.closeCode();
            assertEquals("Word 9", media.takeTexts().getLast());
        }
        assertEquals(0, meeting.transcriptsLost());
    }

    @Test
    void theEndWaitsForTheMediaThatComeBackBehindTheFirst() throws Exception {
        SimulatedMeeting meeting = zoom.play(words(10), options().withKeptTranscripts(true));
        Client first = zoom.signaling(meeting);
        Client audio = zoom.media(meeting, MEDIA_AUDIO);
        Client lost = zoom.media(meeting, MEDIA_TRANSCRIPT);
        first.send(ready(meeting));
        lost.expect(Messages.TRANSCRIPT);
        meeting.apply(CUT);
        audio.closeCode();
        Awaitility.await().until(() -> meeting.ledger().transcripts().size() == 10);
        try (Client second = zoom.signaling(meeting);
                Client audioAgain = zoom.media(meeting, MEDIA_AUDIO)) {
            second.send(ready(meeting));
            audioAgain.expect(Messages.AUDIO);
            try (Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
                second.send(ready(meeting));
                assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
                media.closeCode();
                assertEquals("Word 9", media.takeTexts().getLast());
            }
        }
        assertEquals(0, meeting.transcriptsLost());
    }

    @Test
    void whatIsKeptForNobodyIsLostInTheEnd() throws Exception {
        SimulatedMeeting meeting = zoom.play(words(5), options().withKeptTranscripts(true));
        try (Client signaling = zoom.signaling(meeting);
                Client audio = zoom.media(meeting, MEDIA_AUDIO)) {
            signaling.send(ready(meeting));
            assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
            assertEquals(wordsFrom(0, 5), meeting.ledger().textsLost());
            assertEquals(1000, audio.closeCode());
        }
    }

    @Test
    void whatIsKeptWhenTheMeetingIsStoppedIsLost() throws Exception {
        SimulatedMeeting meeting = zoom.play(words(600), options().withKeptTranscripts(true));
        try (Client signaling = zoom.signaling(meeting);
                Client audio = zoom.media(meeting, MEDIA_AUDIO)) {
            signaling.send(ready(meeting));
            Awaitility.await().until(() -> meeting.ledger().transcripts().size() > 3);
            assertEquals(0, meeting.transcriptsLost());
            meeting.stop(StopReason.HOST_TRIGGERED);
            assertEquals(Optional.of(StopReason.HOST_TRIGGERED), meeting.awaitEnd(Client.PATIENCE));
            audio.closeCode();
        }
        assertEquals(meeting.ledger().transcripts().size(), meeting.transcriptsLost());
    }

    @Test
    void audioFromBeforeTheLossIsSentAgainByteForByte() throws Exception {
        SimulatedMeeting meeting = zoom.play(words(40), options().withOverlap(Duration.ofMillis(300)));
        List<ObjectNode> before = new ArrayList<>();
        List<ObjectNode> after = new ArrayList<>();
        Client first = zoom.signaling(meeting);
        Client lost = zoom.media(meeting, MEDIA_AUDIO);
        first.send(ready(meeting));
        for (int i = 0; i < 200; i++) {
            before.add(lost.expect(Messages.AUDIO));
        }
        meeting.apply(CUT);
        lost.closeCode();
        lost.received.drainTo(before);
        try (Client second = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_AUDIO)) {
            second.send(ready(meeting));
            assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
            media.closeCode();
            media.received.drainTo(after);
        }
        Ledger.AudioTally audio = meeting.ledger().audio();
        int again = (int) audio.framesSentAgain();
        assertTrue(again > 0, audio::toString);
        assertEquals(before.subList(before.size() - again, before.size()), after.subList(0, again));
        assertEquals(audio.frames(), before.size() + after.size() - again);
        assertEquals(audio.frames(), new LinkedHashSet<>(concat(before, after)).size());
        assertEquals(640 * audio.frames(), audio.bytes());
        assertEquals(640L * again, audio.bytesSentAgain());
        assertEquals(0, audio.framesLost());
    }

    /** What came before the loss and after it. */
    private record Heard(List<String> before, List<String> after) {
        List<String> all() {
            return concat(before, after);
        }
    }

    private Heard loseAndComeBack(SimulatedMeeting meeting, int wordsAway) throws Exception {
        Client first = zoom.signaling(meeting);
        Client lost = zoom.media(meeting, MEDIA_TRANSCRIPT);
        first.send(ready(meeting));
        List<String> before = new ArrayList<>();
        before.add(lost.expect(Messages.TRANSCRIPT).path("content").path("data").asText());
        Awaitility.await().until(() -> meeting.transcriptsSent() > 3);
        assertTrue(meeting.apply(CUT));
        lost.closeCode();
        before.addAll(lost.takeTexts());
        Awaitility.await().until(() -> meeting.ledger().transcripts().size() >= before.size() + wordsAway);
        try (Client second = zoom.signaling(meeting);
                Client media = zoom.media(meeting, MEDIA_TRANSCRIPT)) {
            second.send(ready(meeting));
            assertEquals(Optional.of(StopReason.MEETING_ENDED), meeting.awaitEnd(Client.PATIENCE));
            media.closeCode();
            return new Heard(before, media.takeTexts());
        }
    }

    private static PlayOptions options() {
        return PlayOptions.defaults().withSpeed(20);
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
