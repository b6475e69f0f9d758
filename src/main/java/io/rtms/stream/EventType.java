package io.rtms.stream;

import java.util.List;

/** Numbers of the signaling connection's events (rtms-protocol section 10.3). */
final class EventType {
    static final int ACTIVE_SPEAKER_CHANGE = 2;
    static final int PARTICIPANT_JOIN = 3;
    static final int PARTICIPANT_LEAVE = 4;
    static final int MEDIA_CONNECTION_INTERRUPTED = 7;

    /** What the relay shows, so it is always subscribed to; the interruption comes without being asked for. */
    static final List<Integer> SUBSCRIBED = List.of(ACTIVE_SPEAKER_CHANGE, PARTICIPANT_JOIN, PARTICIPANT_LEAVE);

    private EventType() {}
}
