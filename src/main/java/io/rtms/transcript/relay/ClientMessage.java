package io.rtms.transcript.relay;

import io.rtms.access.Grant;
import io.rtms.transcript.log.EntryKind;
import io.rtms.transcript.log.TranscriptLog;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a client says to the relay. */
sealed interface ClientMessage {
    /** Stands for every stream. */
    String ALL_STREAMS = "*";

    /**
     * Send me this stream.
     *
     * @param streamId a stream, or {@link #ALL_STREAMS}
     * @param start where to begin
     * @param kinds what to send
     */
    record Subscribe(String streamId, Start start, Set<EntryKind> kinds) implements ClientMessage {
        boolean isForAll() {
            return streamId.equals(ALL_STREAMS);
        }

        /** As much of this as somebody with this grant may read; empty where that is nothing. */
        Optional<Subscribe> within(Grant grant) {
            Set<EntryKind> readable = kinds.stream()
                    .filter(kind -> grant.opensKind(kind.label()))
                    .collect(Collectors.toUnmodifiableSet());
            return grant.opens(streamId) && !readable.isEmpty()
                    ? Optional.of(new Subscribe(streamId, start, readable))
                    : Optional.empty();
        }
    }

    /** Send me no more of this stream. */
    record Unsubscribe(String streamId) implements ClientMessage {}

    /** Are you there? */
    record Ping() implements ClientMessage {}

    /** Where in a log a subscription begins. */
    sealed interface Start {
        /** With the oldest entry that can be had. */
        Start BEGINNING = new After(0);

        /** Number of the last entry that is not sent. */
        long position(TranscriptLog log);

        /**
         * After the last entry that the client saw. A number that this log never reached is of an earlier log of the same stream (the service
         * was restarted): then everything is new to the client.
         */
        record After(long seq) implements Start {
            @Override
            public long position(TranscriptLog log) {
                return seq > log.lastSeq() ? 0 : seq;
            }
        }

        /** With the newest entries, at most so many. */
        record Tail(long count) implements Start {
            @Override
            public long position(TranscriptLog log) {
                return Math.clamp(log.lastEntry() - count, log.firstSeq() - 1, log.lastSeq());
            }
        }
    }
}
