package io.rtms.sdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRingTest {
    private final RingWriter writer = new RingWriter(4096);
    private final FrameRing ring = new FrameRing(writer.memory());
    private final List<Frame> frames = new ArrayList<>();

    @Test
    void readsEveryFieldOfARecord() {
        writer.write(FrameKind.TRANSCRIPT, 0, 7, 1000, "Zoë", "grüß dich".getBytes(StandardCharsets.UTF_8));
        assertEquals(1, ring.read(frames::add, 10));
        Frame frame = frames.getFirst();
        assertEquals(FrameKind.TRANSCRIPT, frame.kind());
        assertEquals(7, frame.stream());
        assertEquals(70, frame.userId());
        assertEquals(List.of(1000L, 1001L, 1002L), List.of(frame.timestamp(), frame.startMs(), frame.endMs()));
        assertEquals(List.of(9, 1), List.of(frame.code(), frame.detail()));
        assertEquals("Zoë", frame.name());
        assertEquals("grüß dich", frame.text());
        assertEquals("", frame.extra());
    }

    @Test
    void readsAnswersAndMetadata() {
        List<FrameKind> kinds = List.of(
                FrameKind.METADATA,
                FrameKind.STREAM_STATE_ANSWER,
                FrameKind.SESSION_STATE_ANSWER,
                FrameKind.VIDEO_SUBSCRIPTION);
        for (FrameKind kind : kinds) {
            writer.write(kind, 0, 7, 1000, "", kind.name().getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(4, ring.read(frames::add, 10));
        assertEquals(kinds, frames.stream().map(Frame::kind).toList());
        assertEquals(
                kinds.stream().map(FrameKind::name).toList(),
                frames.stream().map(Frame::text).toList());
    }

    @Test
    void tellsTheNameOfEachFrame() {
        List<String> names = List.of("Zoë", "Zoë", "Zoo", "Zoë ", "", "Z".repeat(200), "Zoë");
        names.forEach(name -> writer.write(FrameKind.AUDIO, 0, 7, 1000, name, new byte[1]));
        ring.read(frames::add, names.size());
        assertEquals(names, frames.stream().map(Frame::name).toList());
    }

    @Test
    void keepsOrderAndBytesOverManyTurnsOfTheRing() {
        Random random = new Random(1);
        int written = 0;
        CRC32 sent = new CRC32();
        CRC32 received = new CRC32();
        List<Long> order = new ArrayList<>();
        while (written < 20_000) {
            byte[] payload = new byte[random.nextInt(700)];
            random.nextBytes(payload);
            if (writer.write(FrameKind.AUDIO, 0, 1, written, "a", payload)) {
                sent.update(payload);
                written++;
            } else {
                assertTrue(
                        ring.read(frame -> collect(frame, order, received), 3) > 0,
                        "a full ring has something to read");
            }
        }
        while (ring.read(frame -> collect(frame, order, received), 100) > 0) {}
        assertEquals(written, order.size());
        for (int i = 0; i < written; i++) {
            assertEquals(i, order.get(i));
        }
        assertEquals(sent.getValue(), received.getValue());
    }

    private static void collect(Frame frame, List<Long> order, CRC32 sum) {
        order.add(frame.timestamp());
        sum.update(frame.payload());
    }

    @Test
    void joinsThePartsOfAFrameWhileOtherStreamsGoOn() {
        writer.write(FrameKind.VIDEO, Abi.FLAG_MORE, 1, 5, "", new byte[] {1, 2});
        writer.write(FrameKind.AUDIO, 0, 2, 5, "", new byte[] {9});
        writer.write(FrameKind.VIDEO, Abi.FLAG_MORE, 1, 5, "", new byte[] {3});
        writer.write(FrameKind.VIDEO, 0, 1, 5, "", new byte[] {4, 5});
        ring.read(frames::add, 10);
        assertEquals(List.of(2L, 1L), frames.stream().map(Frame::stream).toList());
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, frames.get(1).payload());
    }

    @Test
    void givesRoomBackAndTellsAWaitingWriterOnce() {
        while (writer.write(FrameKind.AUDIO, 0, 1, 0, "", new byte[600])) {}
        assertTrue(ring.fillRatio() > 0.8);
        writer.waiting();
        ring.read(frames::add, 100);
        assertTrue(ring.takeWriterWaiting());
        assertFalse(ring.takeWriterWaiting());
        assertEquals(0, ring.fillRatio());
        assertTrue(writer.write(FrameKind.AUDIO, 0, 1, 0, "", new byte[600]));
    }

    @Test
    void doesNotSleepWhileThereIsSomethingToRead() {
        assertTrue(ring.prepareSleep());
        ring.awake();
        writer.write(FrameKind.AUDIO, 0, 1, 0, "", new byte[1]);
        assertFalse(ring.prepareSleep());
        assertEquals(0, writer.memory().getInt(Abi.RING_READER_SLEEPING_OFFSET));
    }

    @Test
    void goesOnBehindAFrameWhoseReceiverFails() {
        writer.write(FrameKind.AUDIO, 0, 1, 1, "", new byte[1]);
        writer.write(FrameKind.AUDIO, 0, 1, 2, "", new byte[1]);
        assertThrows(IllegalArgumentException.class, () -> ring.read(FrameRingTest::fail, 10));
        ring.read(frames::add, 10);
        assertEquals(List.of(2L), frames.stream().map(Frame::timestamp).toList());
    }

    private static void fail(Frame frame) {
        throw new IllegalArgumentException(frame.kind().name());
    }

    @Test
    void refusesALengthThatLeadsOutOfWhatWasWritten() {
        for (int length : new int[] {0, -8, 12, 72, 4096, Integer.MAX_VALUE}) {
            RingWriter broken = new RingWriter(4096);
            broken.write(FrameKind.AUDIO, 0, 1, 0, "", new byte[16]);
            broken.breakLength(0, length);
            FrameRing reader = new FrameRing(broken.memory());
            assertThrows(BrokenRingException.class, () -> reader.read(frames::add, 10), () -> "length " + length);
        }
        assertTrue(frames.isEmpty());
    }

    /** A crash may leave anything there. */
    @ParameterizedTest
    @ValueSource(
            ints = {Abi.RECORD_NAME_LENGTH_OFFSET, Abi.RECORD_PAYLOAD_LENGTH_OFFSET, Abi.RECORD_EXTRA_LENGTH_OFFSET})
    void refusesPartsThatLeadOutOfTheirRecord(int offset) {
        for (int length : new int[] {-1, 25, 4096, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            RingWriter broken = new RingWriter(4096);
            broken.write(FrameKind.AUDIO, 0, 1, 0, "", new byte[16]);
            broken.breakLength(offset, length);
            FrameRing reader = new FrameRing(broken.memory());
            assertThrows(BrokenRingException.class, () -> reader.read(frames::add, 10), () -> "length " + length);
        }
        assertTrue(frames.isEmpty());
    }

    @Test
    void refusesARecordThatLeavesTheDataArea() {
        RingWriter broken = new RingWriter(4096);
        FrameRing reader = new FrameRing(broken.memory());
        for (int record = 0; record < 4; record++) {
            broken.write(FrameKind.AUDIO, 0, 1, 0, "", new byte[1000]);
            reader.read(frames::add, 10);
        }
        broken.write(FrameKind.AUDIO, 0, 1, 0, "", new byte[1000]); // at the beginning again, behind padding
        broken.breakHead(100_000);
        assertThrows(BrokenRingException.class, () -> reader.read(frames::add, 10));
        broken.breakHead(0);
        assertThrows(BrokenRingException.class, () -> reader.read(frames::add, 10));
        assertEquals(4, frames.size());
    }

    @Test
    void refusesAnythingButFallsNeverOverIt() {
        Random random = new Random(1);
        for (int run = 0; run < 20_000; run++) {
            RingWriter broken = new RingWriter(4096);
            for (int record = 0; record < 3; record++) {
                int flags = random.nextInt(4) == 0 ? Abi.FLAG_MORE : 0;
                broken.write(FrameKind.AUDIO, flags, 1, 0, "Ann", new byte[random.nextInt(300)]);
            }
            for (int mutation = 0; mutation < 3; mutation++) {
                broken.breakLength(random.nextInt(100) * 4, random.nextInt() >> random.nextInt(32));
            }
            FrameRing reader = new FrameRing(broken.memory());
            try {
                reader.read(frames::add, 10);
            } catch (BrokenRingException expected) {
                // as it should be
            }
            frames.clear();
        }
    }

    @Test
    void refusesMemoryThatIsNoRing() {
        assertThrows(IllegalStateException.class, () -> new FrameRing(ByteBuffer.allocateDirect(8192)));
    }
}
