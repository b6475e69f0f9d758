package io.rtms.stream;

import io.rtms.event.AudioData;
import io.rtms.event.DeskshareData;
import io.rtms.event.DropCause;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaData;
import io.rtms.event.RtmsEvent;
import io.rtms.event.VideoData;
import io.rtms.media.MediaType;
import io.rtms.sdk.Reading;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What is done where a stream's observers are behind, by how full its mailbox is (1 is its limit).
 *
 * <pre>
 *   FLOWING --fill above 1--> HELD --patience is over--> SHEDDING --fill above 2--> HALTED
 *      ^                       |                          |    ^                      |
 *      +----fill below 1/2-----+--------------------------+    +-----fill below 1-----+
 * </pre>
 *
 * HELD: media sockets are not read, TCP slows Zoom down, and nothing is lost. But a socket that is not read answers no keep-alives, and Zoom
 * gives it up after some 30 seconds; so, before that, and at once when the stream ends, SHEDDING reads everything again and drops video down to
 * half the limit, up to the next key frame, then audio above the limit; transcripts, chat and control never. HALTED: these alone are more than
 * observers take; nothing is read, signaling included, so that memory stays bounded whatever comes. Every call is quick; any thread, those of
 * frames one at a time.
 */
final class Overload {
    private static final double RELIEVED = 0.5;
    private static final double FULL = 1;
    private static final double FLOODED = 2;
    /** Audio that was dropped comes back below this. */
    private static final double AUDIO_AGAIN = 0.75;
    /** Observers that were too slow so short a time ago are not waited for again. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private enum Phase {
        FLOWING,
        HELD,
        SHEDDING,
        HALTED
    }

    private final Duration patience;
    private final ScheduledExecutorService timers;
    private final DoubleSupplier fill;
    private final Consumer<Reading> sockets;
    private final Consumer<String> notes;

    private final DropTallies dropped = new DropTallies(DropCause.SLOW_OBSERVER);
    private volatile Phase phase = Phase.FLOWING;
    private Future<?> timer;
    private boolean everShed;
    private long shedAt;

    /**
     * @param patience how long sockets rest before anything is dropped
     * @param fill how full the mailbox is
     * @param sockets told what is to be read from now on
     * @param notes told what happens, in words
     */
    Overload(
            Duration patience,
            ScheduledExecutorService timers,
            DoubleSupplier fill,
            Consumer<Reading> sockets,
            Consumer<String> notes) {
        this.patience = patience;
        this.timers = timers;
        this.fill = fill;
        this.sockets = sockets;
        this.notes = notes;
    }

    /** Whether this is to be delivered; what is not is counted. */
    boolean admits(RtmsEvent event) {
        if (phase == Phase.FLOWING && dropped.isEmpty()) {
            return true;
        }
        boolean drops = switch (event) {
            case VideoData video -> dropsPicture(video.type(), video.data());
            case DeskshareData share -> dropsPicture(share.type(), share.data());
            case AudioData audio ->
                isShedding() && fill.getAsDouble() > (dropped.has(MediaType.AUDIO) ? AUDIO_AGAIN : FULL);
            default -> false;
        };
        if (drops) {
            dropped.add((MediaData) event);
        }
        return !drops;
    }

    private boolean dropsPicture(MediaType type, byte[] data) {
        return isShedding() && fill.getAsDouble() > RELIEVED || dropped.has(type) && !KeyFrames.isKey(data);
    }

    /** What was dropped and is to be reported before this event: of its medium, or everything before the end. */
    List<FramesDropped> reportsBefore(RtmsEvent event) {
        return dropped.reportsBefore(event);
    }

    private boolean isShedding() {
        Phase now = phase;
        return now == Phase.SHEDDING || now == Phase.HALTED;
    }

    /** The mailbox grew or shrank. Looks before it locks: nearly always nothing changes. */
    void onChange() {
        if (changes(fill.getAsDouble())) {
            adjust();
        }
    }

    private boolean changes(double now) {
        return switch (phase) {
            case FLOWING -> now > FULL;
            case HELD, SHEDDING -> now <= RELIEVED || now > FLOODED;
            case HALTED -> now <= FULL;
        };
    }

    /** Looks once more after each change: the other side may have moved between the look and the change. */
    private synchronized void adjust() {
        for (double now = fill.getAsDouble(); changes(now); now = fill.getAsDouble()) {
            switch (phase) {
                case FLOWING -> hold();
                case HELD, SHEDDING -> {
                    if (now > FLOODED) {
                        notes.accept("Observers are too far behind for anything more to be taken in: nothing is read.");
                        enter(Phase.HALTED, Reading.NOTHING);
                    } else {
                        relieve();
                    }
                }
                case HALTED -> shed();
            }
        }
    }

    /** Short holds are everyday life, and nothing is lost by them: no note. */
    private void hold() {
        if (everShed && System.nanoTime() - shedAt < REMEMBERED.toNanos()) {
            shed();
        } else {
            enter(Phase.HELD, Reading.SIGNALING);
            timer = timers.schedule(this::onTimer, patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void onTimer() {
        if (phase == Phase.HELD) {
            shed();
        }
    }

    /** There is no time left to wait for observers: what is held is read from now on. Whether everything was read before this call. */
    synchronized boolean hurry() {
        boolean reads = phase == Phase.FLOWING || phase == Phase.SHEDDING;
        if (phase == Phase.HELD) {
            shed();
        }
        return reads;
    }

    private void shed() {
        everShed = true;
        enter(Phase.SHEDDING, Reading.ALL);
        notes.accept("Observers are behind: video is dropped up to a key frame, and then audio.");
    }

    private void relieve() {
        if (isShedding()) {
            notes.accept("Observers have caught up.");
        }
        enter(Phase.FLOWING, Reading.ALL);
    }

    private void enter(Phase next, Reading reading) {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (isShedding()) {
            shedAt = System.nanoTime();
        }
        phase = next;
        sockets.accept(reading);
    }
}
