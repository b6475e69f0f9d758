package io.rtms.event;

import io.rtms.media.WireNumber;

/** Where a member of a chat group is (rtms-protocol section 10.7). */
public enum ChatMemberStatus implements WireNumber {
    IN_CHAT_GROUP(0),
    IN_BREAKOUT_ROOM(1),
    IN_WAITING_ROOM(2),
    IN_BACKSTAGE(3),
    LEFT_MEETING(4),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    ChatMemberStatus(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static ChatMemberStatus of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
