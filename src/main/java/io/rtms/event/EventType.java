package io.rtms.event;

import io.rtms.media.WireNumber;

/** Events of meetings, webinars and Video SDK sessions (rtms-protocol section 10.3). */
public enum EventType implements WireNumber {
    UNDEFINED(0),
    /** Comes without being asked for. */
    FIRST_PACKET_TIMESTAMP(1),
    ACTIVE_SPEAKER_CHANGE(2),
    PARTICIPANT_JOIN(3),
    PARTICIPANT_LEAVE(4),
    /** Needs the desk-share scope. */
    SHARING_START(5),
    /** Needs the desk-share scope. */
    SHARING_STOP(6),
    /** Comes without being asked for. */
    MEDIA_CONNECTION_INTERRUPTED(7),
    PARTICIPANT_VIDEO_ON(8),
    PARTICIPANT_VIDEO_OFF(9),
    CHAT_GROUP_CREATE(10),
    CHAT_GROUP_DELETE(11),
    CHAT_GROUP_MEMBERS_ADD(12),
    CHAT_GROUP_MEMBERS_DELETE(13),
    CHAT_GROUP_MEMBER_STATUS_UPDATE(14),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    EventType(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static EventType of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
