package io.rtms.stream;

import io.rtms.event.ChatData;
import io.rtms.event.ChatGroupChanged;
import io.rtms.event.ContactCenterEvent;
import io.rtms.event.MediaData;
import io.rtms.event.MediaMetadata;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.RawEvent;
import io.rtms.event.RtmsEvent;

/** How much memory an event takes while it waits, in bytes and roughly: its payload, and something for itself. */
public final class EventWeight {
    /** An event's own weight, beside its payload. */
    private static final int OVERHEAD = 128;

    private EventWeight() {}

    /** The weight of an event. */
    public static int of(RtmsEvent event) {
        return OVERHEAD
                + switch (event) {
                    case ChatData chat -> of(chat);
                    case MediaData media -> media.size();
                    case MediaMetadata metadata -> metadata.json().length();
                    case RawEvent raw -> raw.json().length();
                    case ChatGroupChanged group -> group.json().length();
                    case ContactCenterEvent voice -> voice.json().length();
                    case ParticipantsJoined joined -> joined.participants().size() * OVERHEAD;
                    default -> 0;
                };
    }

    private static int of(ChatData chat) {
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
