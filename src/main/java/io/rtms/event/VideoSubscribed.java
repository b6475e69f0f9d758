package io.rtms.event;

/**
 * Zoom's answer to a subscription to a participant's video, or to its end (message 29).
 *
 * @param participant whose video
 * @param status {@link StatusCode#OK}, or why not
 * @param reason Zoom's words, may be empty
 */
public record VideoSubscribed(
        StreamRef stream, Participant participant, StatusCode status, String reason, long timestamp)
        implements RtmsEvent {
    /** Whether Zoom did what was asked for, or had done so before ({@link StatusCode#DUPLICATE_VIDEO_SUBSCRIPTION}). */
    public boolean accepted() {
        return status == StatusCode.OK || status == StatusCode.DUPLICATE_VIDEO_SUBSCRIPTION;
    }
}
