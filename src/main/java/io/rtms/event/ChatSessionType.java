package io.rtms.event;

import io.rtms.media.WireNumber;

/** Who is in a chat conversation (rtms-protocol section 10.7). */
public enum ChatSessionType implements WireNumber {
    EVERYONE(1),
    INDIVIDUAL(2),
    CHAT_GROUP(3),
    HOSTS_AND_PANELISTS(4),
    INDIVIDUAL_CC_HOSTS_AND_PANELISTS(5),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    ChatSessionType(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static ChatSessionType of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
