package io.rtms.transcript.relay;

import io.rtms.transcript.log.EntryJson;
import io.rtms.transcript.log.EntryKind;
import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.TranscriptLog;
import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.Slice;
import io.rtms.transcript.relay.ClientMessage.Subscribe;
import io.rtms.transcript.relay.MessageSink.SinkClosed;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A connection's position in one log. The reader's thread moves it; the log's writer only marks it as due, at most once until the reader has
 * come back to it, so that no amount of entries fills the reader's mailbox.
 */
final class Cursor {
    private final TranscriptLog log;
    private final Set<EntryKind> kinds;
    private final boolean ofAll;
    private final long historyEnd;
    private final Runnable listener;
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile long position;
    private boolean caughtUp;
    private boolean sentLine;

    /**
     * @param ofAll whether this stream was subscribed to by {@code *}
     * @param whenDue told when there may be something to read
     */
    Cursor(TranscriptLog log, Subscribe subscribe, boolean ofAll, Consumer<Cursor> whenDue) {
        this.log = log;
        this.kinds = subscribe.kinds();
        this.ofAll = ofAll;
        this.historyEnd = log.lastSeq();
        this.position = Math.min(subscribe.start().position(log), historyEnd);
        this.listener = () -> {
            if (!due.get() && due.compareAndSet(false, true)) {
                whenDue.accept(this);
            }
        };
    }

    String streamId() {
        return log.streamId();
    }

    /** Whether it follows a log that was given up, and this one has begun in its place. */
    boolean isOfAnother(TranscriptLog begun) {
        return log != begun && log.isRetired();
    }

    boolean isOfAll() {
        return ofAll;
    }

    /** Announces the subscription and begins to follow the log. */
    int open(MessageSink sink) throws SinkClosed {
        sink.send(ServerMessages.subscribed(log, historyEnd, position), MessageSink.NO_SEQ);
        log.addListener(listener);
        listener.run();
        return 1;
    }

    /** Follows the log no more. */
    void close() {
        log.removeListener(listener);
    }

    /**
     * Sends what comes next and makes itself due again where more is waiting.
     *
     * @param limit how many entries at the most
     * @return how many messages were sent
     */
    int advance(MessageSink sink, int limit) throws SinkClosed {
        // Before reading: whatever is appended from here on makes the cursor due again.
        due.set(false);
        int sent = 0;
        Slice slice = log.read(position, caughtUp ? limit : (int) Math.min(limit, historyEnd - position));
        if (slice.gap().isPresent()) {
            Gap gap = slice.gap().get();
            sink.send(EntryJson.gap(log.streamId(), gap), gap.toSeq());
            position = gap.toSeq();
            sent++;
        }
        for (LogEntry entry : slice.entries()) {
            if (kinds.contains(entry.kind())) {
                sink.send(entry.json(), entry.seq());
                sent++;
                sentLine |= entry.kind() == EntryKind.TRANSCRIPT;
            }
            position = entry.seq();
        }
        if (!caughtUp && position >= historyEnd) {
            caughtUp = true;
            sink.send(ServerMessages.caughtUp(log.streamId(), position), MessageSink.NO_SEQ);
            sent++;
        }
        if (lag() > 0) {
            listener.run();
        }
        return sent;
    }

    /** Whether a line was sent. */
    boolean hasSentLine() {
        return sentLine;
    }

    /** How many entries the connection is behind. */
    long lag() {
        return Math.max(0, log.lastSeq() - position);
    }

    /** Whether nothing will ever follow. */
    boolean isDone() {
        return log.isRetired() && lag() == 0;
    }
}
