package io.rtms.event;

import io.rtms.media.WireNumber;

/** What happened to a chat message (rtms-protocol section 10.7). */
public enum ChatOperation implements WireNumber {
    NEW(1),
    DELETE(2),
    UPDATE(3),
    ADD_EMOJI_REACTION(4),
    REMOVE_EMOJI_REACTION(5),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    ChatOperation(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    /** The value with Zoom's number. */
    public static ChatOperation of(int number) {
        return WireNumber.of(values(), number, UNKNOWN);
    }
}
