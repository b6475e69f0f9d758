package io.rtms.sdk;

import java.util.Arrays;

/** What a frame of the ring tells; what its fields mean for each kind stands in {@code rtms.h}. */
public enum FrameKind {
    AUDIO(Abi.KIND_AUDIO),
    VIDEO(Abi.KIND_VIDEO),
    DESKSHARE(Abi.KIND_DESKSHARE),
    TRANSCRIPT(Abi.KIND_TRANSCRIPT),
    CHAT(Abi.KIND_CHAT),
    METADATA(Abi.KIND_METADATA),
    EVENT(Abi.KIND_EVENT),
    STREAM_STATE(Abi.KIND_STREAM_STATE),
    SESSION_STATE(Abi.KIND_SESSION_STATE),
    STREAM_STATE_ANSWER(Abi.KIND_STREAM_STATE_ANSWER),
    SESSION_STATE_ANSWER(Abi.KIND_SESSION_STATE_ANSWER),
    VIDEO_SUBSCRIPTION(Abi.KIND_VIDEO_SUBSCRIPTION),
    MEDIA_READY(Abi.KIND_MEDIA_READY),
    MEDIA_REFUSED(Abi.KIND_MEDIA_REFUSED),
    JOINED(Abi.KIND_JOINED),
    MEDIA_LOST(Abi.KIND_MEDIA_LOST),
    DISCONNECTED(Abi.KIND_DISCONNECTED),
    DROPPED(Abi.KIND_DROPPED),
    LOG(Abi.KIND_LOG),
    LOOP_STOPPED(Abi.KIND_LOOP_STOPPED),
    PULSE(Abi.KIND_PULSE),
    /** A kind of a newer library; to be ignored. */
    UNKNOWN(-1);

    private static final FrameKind[] BY_NUMBER = new FrameKind[64];

    static {
        Arrays.fill(BY_NUMBER, UNKNOWN);
        for (FrameKind kind : values()) {
            if (kind != UNKNOWN) {
                BY_NUMBER[kind.number] = kind;
            }
        }
    }

    private final int number;

    FrameKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static FrameKind of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }
}
