package io.rtms.simulator;

import io.rtms.media.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends what was said, in order, and remembers it. What is said while the medium is away is lost, or kept and sent when it is back; then it may
 * begin some time before the loss, with what was sent already. For all threads; waits where a client is slow.
 */
final class Transcripts {
    private static final class Entry {
        private final String who;
        private final String text;
        private final long startMs;
        private final String message;
        private long sentNanos;
        private boolean lost;

        /** Read without the lock. */
        private volatile int copies;

        Entry(String who, String text, long startMs, String message) {
            this.who = who;
            this.text = text;
            this.startMs = startMs;
            this.message = message;
        }
    }

    /** A client that takes nothing holds whoever sends, until its connection is closed. */
    private static final int LONGEST_SENDING_MS = 3000;

    private final MediaGate gate;
    private final SentFrames sent;
    private final boolean keep;
    private final long overlapNanos;
    private final ReentrantLock sending = new ReentrantLock();
    private final List<Entry> entries = new ArrayList<>();
    private int next;
    private Media carrier;

    Transcripts(MediaGate gate, PlayOptions options, SentFrames sent) {
        this.gate = gate;
        this.sent = sent;
        this.keep = options.keepTranscripts();
        this.overlapNanos = options.overlap().toNanos();
    }

    /** Sends this after everything before it; false where it could not be sent now. */
    boolean say(String who, String text, long startMs, String message) throws InterruptedException {
        sending.lockInterruptibly();
        try {
            Entry entry = new Entry(who, text, startMs, message);
            add(entry);
            send();
            if (entry.copies == 0 && !keep) {
                lose();
            }
            return entry.copies > 0;
        } finally {
            sending.unlock();
        }
    }

    /** The medium may be back: sends what was kept, on a thread of its own. */
    void catchUpSoon() {
        if (keep) {
            Thread.ofVirtual().name("simulator-transcripts").start(this::catchUp);
        }
    }

    private void catchUp() {
        sending.lock();
        try {
            send();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sending.unlock();
        }
    }

    /** Waits until what was kept is sent, as long as the client may come back for it; what is left is lost. */
    void finish() throws InterruptedException {
        sending.lockInterruptibly();
        try {
            send();
            while (next < entries.size() && gate.awaitBack(MediaType.TRANSCRIPT)) {
                send();
            }
        } finally {
            lose();
            sending.unlock();
        }
    }

    /** The meeting is over: what was not sent is lost. */
    void giveUp() throws InterruptedException {
        if (sending.tryLock(LONGEST_SENDING_MS, TimeUnit.MILLISECONDS)) {
            try {
                lose();
            } finally {
                sending.unlock();
            }
        }
    }

    private void send() throws InterruptedException {
        Optional<Media> found = gate.find(MediaType.TRANSCRIPT);
        if (found.isEmpty()) {
            return;
        }
        if (found.get() != carrier) {
            goBack();
            carrier = found.get();
        }
        while (next < entries.size() && send(entries.get(next))) {
            next++;
        }
    }

    private boolean send(Entry entry) throws InterruptedException {
        if (!carrier.connection().sendWhenRoom(entry.message)) {
            return false;
        }
        entry.sentNanos = System.nanoTime();
        if (entry.copies == 0) {
            sent.count(MediaType.TRANSCRIPT);
        }
        entry.copies++;
        return true;
    }

    /** To the first that was sent within the overlap before the loss of the last connection, or did not leave it any more. */
    private void goBack() {
        if (!keep || carrier == null) {
            return;
        }
        long from = carrier.connection().stoppedNanos() - overlapNanos;
        while (next > 0 && entries.get(next - 1).copies > 0 && entries.get(next - 1).sentNanos - from >= 0) {
            next--;
        }
    }

    private synchronized void add(Entry entry) {
        entries.add(entry);
    }

    private synchronized void lose() {
        for (; next < entries.size(); next++) {
            Entry entry = entries.get(next);
            entry.lost = entry.copies == 0;
        }
    }

    /** What was said so far. */
    synchronized List<Ledger.Utterance> utterances() {
        return entries.stream()
                .map(one -> new Ledger.Utterance(one.who, one.text, one.startMs, one.copies, one.lost))
                .toList();
    }

    /** How many were lost. */
    synchronized long lost() {
        return entries.stream().filter(entry -> entry.lost).count();
    }
}
