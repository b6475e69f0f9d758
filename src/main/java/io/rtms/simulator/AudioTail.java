package io.rtms.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The audio that was sent last, to be sent again after a loss of connection. For one thread. */
final class AudioTail {
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;
    /** What may not have left a connection when it was lost. */
    private static final long LEAST_KEPT_NANOS = 100_000_000;

    /** A frame as it was sent. */
    static final class Frame {
        private final String message;
        private final int bytes;
        private long sentNanos = System.nanoTime();
        private boolean owed;

        private Frame(String message, int bytes) {
            this.message = message;
            this.bytes = bytes;
        }

        String message() {
            return message;
        }

        /** Size of its payload. */
        int bytes() {
            return bytes;
        }
    }

    private final long reachNanos;
    private final long keptNanos;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private long characters;

    /** @param reach how long before a loss it begins; zero for only what did not leave */
    AudioTail(Duration reach) {
        this.reachNanos = reach.toNanos();
        this.keptNanos = Math.max(reachNanos, LEAST_KEPT_NANOS);
    }

    /** This was sent. */
    void add(String message, int bytes) {
        Frame frame = new Frame(message, bytes);
        frames.add(frame);
        characters += message.length();
        while (characters > MOST_CHARACTERS || frame.sentNanos - frames.getFirst().sentNanos > keptNanos) {
            characters -= frames.removeFirst().message.length();
        }
    }

    /** The connection was lost at this {@link System#nanoTime()}: what was sent shortly before has to be sent again. */
    void lostAt(long nanos) {
        frames.forEach(frame -> frame.owed |= nanos - frame.sentNanos <= reachNanos);
    }

    /** Nothing of it can be used any more. */
    void forget() {
        frames.clear();
        characters = 0;
    }

    /** What has to be sent again, in its order. */
    List<Frame> owed() {
        return frames.stream().filter(frame -> frame.owed).toList();
    }

    /** It was sent again, and would have to be once more after another loss. */
    void sentAgain(Frame frame) {
        frame.owed = false;
        frame.sentNanos = System.nanoTime();
    }
}
