package io.rtms.event;

import io.rtms.media.WireNumber;

/** Kinds of chat groups (rtms-protocol section 10.7). */
public enum ChatGroupType implements WireNumber {
    PRIVATE_CHAT_GROUP(0),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    ChatGroupType(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static ChatGroupType of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
