package io.rtms.stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.AudioData;
import io.rtms.event.Cause;
import io.rtms.event.ChatData;
import io.rtms.event.ChatOperation;
import io.rtms.event.ChatSessionType;
import io.rtms.event.DropCause;
import io.rtms.event.FramesDropped;
import io.rtms.event.Metadata;
import io.rtms.event.Participant;
import io.rtms.event.Product;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import io.rtms.event.TranscriptData;
import io.rtms.event.VideoData;
import io.rtms.media.MediaType;
import io.rtms.sdk.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stream does whose observers are behind: mailbox and {@link Overload} together, as {@link StreamThread} uses them. */
class OverloadTest {
    private static final StreamRef STREAM = new StreamRef("s", Product.MEETING, "m");
    private static final byte[] KEY = {0, 0, 0, 1, 0x67, 1, 2, 0, 0, 1, 0x65, 3};
    private static final byte[] DELTA = {0, 0, 0, 1, 0x41, 9, 9};
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final List<Reading> sockets = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private Mailbox mailbox;
    private Overload overload;

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void restsSocketsAboveTheLimitAndReadsAgainAtHalf() throws InterruptedException {
        limits(10, 1_000_000, FOR_EVER);
        putAudio(0, 20, 1);
        assertEquals(List.of(Reading.SIGNALING), sockets);
        for (int i = 0; i < 14; i++) {
            assertEquals(i, mailbox.take().timestamp());
        }
        assertEquals(List.of(Reading.SIGNALING), sockets);
        mailbox.take();
        assertEquals(List.of(Reading.SIGNALING, Reading.ALL), sockets);
        assertEquals(5, mailbox.size());
        assertEquals(List.of(), notes, "a short hold loses nothing and is not worth a word");
    }

    @Test
    void countsBytesToo() throws InterruptedException {
        limits(1000, 10_000, FOR_EVER);
        putAudio(0, 1, 6000);
        assertEquals(List.of(), sockets);
        putAudio(1, 1, 6000);
        assertEquals(List.of(Reading.SIGNALING), sockets);
        mailbox.take();
        mailbox.take();
        assertEquals(List.of(Reading.SIGNALING, Reading.ALL), sockets);
    }

    @Test
    void countsWhatAChatMessageBringsBesideItsWords() {
        limits(1000, 10_000, FOR_EVER);
        ChatData.File file = new ChatData.File("f", "n".repeat(9000), 1);
        put(chat("a", List.of(), List.of()));
        assertEquals(List.of(), sockets);
        put(chat("b", List.of(), List.of(file)));
        assertEquals(List.of(), sockets);
        put(chat("c", List.of(new Participant(1, "P"), new Participant(2, "P")), List.of(file)));
        assertEquals(List.of(Reading.SIGNALING), sockets);
    }

    @Test
    void whatIsHeldIsReadAtOnceWhereTheStreamEnds() throws InterruptedException {
        limits(10, 1_000_000, FOR_EVER);
        assertTrue(overload.hurry(), "nothing was held");
        putAudio(0, 11, 1);
        assertFalse(overload.hurry());
        assertEquals(List.of(Reading.SIGNALING, Reading.ALL), sockets);
        assertTrue(overload.hurry());
        put(line(50));
        putAudio(51, 3, 1);
        assertEquals(12, mailbox.size(), "words are taken, sounds above the limit are not");
        for (int i = 0; i < 10; i++) {
            put(line(60 + i));
        }
        assertFalse(overload.hurry(), "words alone are too many");
        drainTo(10);
        assertTrue(overload.hurry());
    }

    @Test
    void afterItsPatienceDropsVideoToTheNextKeyFrameAndTells() throws InterruptedException {
        limits(10, 1_000_000, Duration.ofMillis(50));
        putAudio(0, 11, 1);
        await().atMost(Duration.ofSeconds(10)).until(() -> sockets.equals(List.of(Reading.SIGNALING, Reading.ALL)));
        put(video(100, KEY), video(101, DELTA), line(102));
        assertEquals(12, mailbox.size(), "the line was taken, the video was not");
        drainTo(5);
        put(video(103, DELTA), video(104, KEY), video(105, DELTA));
        List<RtmsEvent> rest = drainTo(0);
        assertEquals(
                List.of(
                        new FramesDropped(
                                STREAM,
                                MediaType.VIDEO,
                                DropCause.SLOW_OBSERVER,
                                3,
                                KEY.length + 2 * DELTA.length,
                                100,
                                103),
                        video(104, KEY).timestamp(),
                        105L),
                List.of(rest.get(5), rest.get(6).timestamp(), rest.get(7).timestamp()));
        assertEquals(2, notes.size(), notes::toString);
    }

    @Test
    void thenAudioButNeverWords() throws InterruptedException {
        limits(10, 1_000_000, Duration.ZERO);
        putAudio(0, 11, 1);
        await().atMost(Duration.ofSeconds(10)).until(() -> sockets.contains(Reading.ALL));
        put(line(50));
        putAudio(51, 3, 1);
        put(line(60));
        assertEquals(13, mailbox.size());
        drainTo(7);
        putAudio(61, 1, 1);
        List<RtmsEvent> rest = drainTo(0);
        assertEquals(
                new FramesDropped(STREAM, MediaType.AUDIO, DropCause.SLOW_OBSERVER, 3, 3, 51, 53),
                rest.get(rest.size() - 2));
        assertEquals(2, rest.stream().filter(TranscriptData.class::isInstance).count());
    }

    @Test
    void readsNothingWhereWordsAloneAreTooMany() throws InterruptedException {
        limits(10, 1_000_000, Duration.ZERO);
        putAudio(0, 11, 1);
        await().atMost(Duration.ofSeconds(10)).until(() -> sockets.contains(Reading.ALL));
        for (int i = 0; i < 10; i++) {
            put(line(100 + i));
        }
        assertEquals(Reading.NOTHING, sockets.getLast());
        drainTo(10);
        assertEquals(Reading.ALL, sockets.getLast());
    }

    @Test
    void aFloodOfEventsAtOnceIsNotWaitedFor() {
        limits(10, 1_000_000, FOR_EVER);
        for (int i = 0; i < 25; i++) {
            put(line(i));
        }
        assertEquals(List.of(Reading.SIGNALING, Reading.NOTHING), sockets);
    }

    @Test
    void whoWasTooSlowJustNowIsNotWaitedForAgain() throws InterruptedException {
        limits(10, 1_000_000, Duration.ofMillis(50));
        putAudio(0, 11, 1);
        await().atMost(Duration.ofSeconds(10)).until(() -> sockets.size() == 2);
        drainTo(0);
        sockets.clear();
        putAudio(20, 30, 1);
        assertFalse(sockets.contains(Reading.SIGNALING), sockets::toString);
        assertTrue(mailbox.size() <= 12, "audio above the limit is dropped at once");
    }

    @Test
    void whatWasDroppedIsToldBeforeTheEnd() throws InterruptedException {
        limits(10, 1_000_000, Duration.ZERO);
        putAudio(0, 11, 1);
        await().atMost(Duration.ofSeconds(10)).until(() -> sockets.contains(Reading.ALL));
        put(video(70, DELTA));
        put(new StreamLeft(STREAM, Cause.NONE, 0));
        List<RtmsEvent> rest = drainTo(0);
        assertTrue(rest.get(rest.size() - 2) instanceof FramesDropped);
    }

    @Test
    void neverStaysShutWhenReaderAndWriterRace() throws Exception {
        limits(4, 1_000_000, FOR_EVER);
        int count = 200_000;
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> takeInOrder(count));
        for (int i = 0; i < count; i++) {
            mailbox.put(audio(i, 1));
        }
        reader.get(60, TimeUnit.SECONDS);
        assertEquals(0, mailbox.size());
        assertTrue(sockets.isEmpty() || sockets.getLast() == Reading.ALL, "shut");
    }

    private void limits(int events, long bytes, Duration patience) {
        mailbox = new Mailbox(events, bytes, () -> overload.onChange());
        overload = new Overload(patience, timers, mailbox::fill, this::read, notes::add);
    }

    private void read(Reading reading) {
        if (sockets.size() < 1000) {
            sockets.add(reading);
        } else {
            sockets.set(999, reading);
        }
    }

    private void put(RtmsEvent... events) {
        for (RtmsEvent event : events) {
            if (overload.admits(event)) {
                overload.reportsBefore(event).forEach(mailbox::put);
                mailbox.put(event);
            }
        }
    }

    private void putAudio(int first, int count, int bytes) {
        for (int i = first; i < first + count; i++) {
            put(audio(i, bytes));
        }
    }

    private List<RtmsEvent> drainTo(int left) throws InterruptedException {
        List<RtmsEvent> events = new ArrayList<>();
        while (mailbox.size() > left) {
            events.add(mailbox.take());
        }
        return events;
    }

    private void takeInOrder(int count) {
        try {
            for (int i = 0; i < count; i++) {
                assertEquals(i, mailbox.take().timestamp());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AudioData audio(int number, int bytes) {
        return new AudioData(STREAM, Metadata.NONE, new byte[bytes], number, 0);
    }

    private static VideoData video(int number, byte[] data) {
        return new VideoData(STREAM, Metadata.NONE, data, number, 0);
    }

    private static TranscriptData line(int number) {
        return new TranscriptData(STREAM, Metadata.NONE, "words", number, 0);
    }

    private static ChatData chat(String id, List<Participant> receivers, List<ChatData.File> files) {
        return new ChatData(
                STREAM,
                Metadata.NONE,
                "words",
                ChatOperation.NEW,
                id,
                "",
                new ChatData.Session(ChatSessionType.EVERYONE, ""),
                receivers,
                files,
                List.of(),
                1,
                0);
    }
}
