package io.rtms.event;

/**
 * Why a stream changed its state, in words that a person can act on.
 *
 * @param code Zoom's number of the stop reason or status, or a negative {@code RTMS_E_*} of the native library; 0 for none
 * @param name the number's name, e.g. {@code MEETING_ENDED}
 * @param text a sentence
 * @param retry whether the service tries again by itself
 */
public record Cause(int code, String name, String text, boolean retry) {
    public static final Cause NONE = new Cause(0, "", "", false);

    /** Zoom stopped the stream for this reason. */
    public static Cause of(StopReason reason) {
        return new Cause(reason.number(), reason.name(), reason.text(), false);
    }
}
