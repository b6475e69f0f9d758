package io.rtms.transcript.log;

import io.rtms.event.Cause;
import io.rtms.event.ChatData;
import io.rtms.event.Participant;
import io.rtms.event.StreamState;
import io.rtms.media.TranscriptLanguage;
import java.util.List;

/** Something to be kept in a transcript log, before it has a number. Times are milliseconds since the epoch. */
public sealed interface TranscriptEntry {
    /** Its kind. */
    EntryKind kind();

    /** When it happened, by Zoom's clock where Zoom told. */
    long timestamp();

    /**
     * Something was said, corrected or withdrawn.
     *
     * @param segmentId stays the same when the utterance is corrected or withdrawn
     * @param deleted whether it was withdrawn
     * @param startMs begin of the utterance, 0 where Zoom did not tell
     * @param endMs its end, 0 where Zoom did not tell
     */
    record Utterance(
            String segmentId,
            Participant speaker,
            String text,
            TranscriptLanguage language,
            boolean deleted,
            long startMs,
            long endMs,
            long timestamp)
            implements TranscriptEntry {
        @Override
        public EntryKind kind() {
            return EntryKind.TRANSCRIPT;
        }
    }

    /** Somebody else speaks now. */
    record SpeakerChange(Participant speaker, long timestamp) implements TranscriptEntry {
        @Override
        public EntryKind kind() {
            return EntryKind.SPEAKER;
        }
    }

    /** Participants came or went, or turned their video on or off. */
    record Attendance(Action action, List<Participant> participants, long timestamp) implements TranscriptEntry {
        /** What they did. */
        public enum Action {
            JOINED("joined"),
            LEFT("left"),
            VIDEO_ON("videoOn"),
            VIDEO_OFF("videoOff");

            private final String label;

            Action(String label) {
                this.label = label;
            }

            /** The action's name in messages. */
            public String label() {
                return label;
            }
        }

        @Override
        public EntryKind kind() {
            return EntryKind.PARTICIPANT;
        }
    }

    /**
     * Somebody began to share a desk, or ended it.
     *
     * @param participant who; {@link Participant#NONE} where that is not known
     */
    record Sharing(boolean started, Participant participant, long timestamp) implements TranscriptEntry {
        @Override
        public EntryKind kind() {
            return EntryKind.SHARING;
        }
    }

    /** A chat message came, was changed, reacted to or taken away; what concerns the same message has the same id. */
    record Chat(ChatData message) implements TranscriptEntry {
        @Override
        public EntryKind kind() {
            return EntryKind.CHAT;
        }

        @Override
        public long timestamp() {
            return message.timestamp();
        }
    }

    /** The stream moved on in its life. */
    record Status(StreamState state, Cause cause, long timestamp) implements TranscriptEntry {
        @Override
        public EntryKind kind() {
            return EntryKind.STATUS;
        }
    }
}
