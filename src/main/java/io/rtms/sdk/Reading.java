package io.rtms.sdk;

/** Which sockets of a stream are read: {@code RTMS_READ_*} of {@code rtms.h}. TCP slows down who sends on one that is not. */
public enum Reading {
    /** All of them. */
    ALL(Abi.READ_ALL),
    /** Signaling alone; Zoom gives a media socket up after some 30 seconds, because its keep-alive requests stay unanswered. */
    SIGNALING(Abi.READ_SIGNALING),
    /** None: nothing that Zoom sends takes memory here. After some 30 seconds Zoom gives signaling up, and media with it. */
    NOTHING(Abi.READ_NOTHING);

    private final int level;

    Reading(int level) {
        this.level = level;
    }

    int level() {
        return level;
    }
}
