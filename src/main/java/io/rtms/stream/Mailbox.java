package io.rtms.stream;

import io.rtms.event.ChatData;
import io.rtms.event.ChatGroupChanged;
import io.rtms.event.ContactCenterEvent;
import io.rtms.event.MediaData;
import io.rtms.event.MediaMetadata;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.RawEvent;
import io.rtms.event.RtmsEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events on their way to the stream's thread. Takes everything, so that the loop never waits, and tells of each change; what
 * is done about that is {@link Overload}'s affair. For any number of writers and one reader.
 */
final class Mailbox {
    /** An event's own weight in bytes, beside its payload. */
    private static final int OVERHEAD = 128;

    private final BlockingQueue<RtmsEvent> events = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final int mostEvents;
    private final long mostBytes;
    private final Runnable onChange;

    /** @param onChange told after it grew or shrank, on the writer's or the reader's thread */
    Mailbox(int mostEvents, long mostBytes, Runnable onChange) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
        this.onChange = onChange;
    }

    /** Adds an event; never waits. */
    void put(RtmsEvent event) {
        bytes.addAndGet(weight(event));
        events.add(event);
        onChange.run();
    }

    /** The next event, waiting for it where there is none. For one thread. */
    RtmsEvent take() throws InterruptedException {
        RtmsEvent event = events.take();
        bytes.addAndGet(-weight(event));
        onChange.run();
        return event;
    }

    /** Events that wait. */
    int size() {
        return events.size();
    }

    /** How full it is: 1 at its limit, by number or by bytes. */
    double fill() {
        return Math.max((double) events.size() / mostEvents, (double) bytes.get() / mostBytes);
    }

    private static int weight(RtmsEvent event) {
        return OVERHEAD
                + switch (event) {
                    case ChatData chat -> weight(chat);
                    case MediaData media -> media.size();
                    case MediaMetadata metadata -> metadata.json().length();
                    case RawEvent raw -> raw.json().length();
                    case ChatGroupChanged group -> group.json().length();
                    case ContactCenterEvent voice -> voice.json().length();
                    case ParticipantsJoined joined -> joined.participants().size() * OVERHEAD;
                    default -> 0;
                };
    }

    private static int weight(ChatData chat) {
        long files = chat.files().stream()
                .mapToLong(file -> OVERHEAD + file.id().length() + file.name().length())
                .sum();
        long deleted = chat.deletedFileIds().stream()
                .mapToLong(id -> OVERHEAD + id.length())
                .sum();
        long ids = chat.messageId().length()
                + chat.parentMessageId().length()
                + chat.session().id().length();
        long all = chat.size() + ids + files + deleted + (long) chat.receivers().size() * OVERHEAD;
        return (int) Math.min(all, Integer.MAX_VALUE / 2);
    }
}
