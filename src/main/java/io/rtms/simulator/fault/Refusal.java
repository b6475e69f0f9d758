package io.rtms.simulator.fault;

import io.rtms.event.StatusCode;
import io.rtms.media.MediaType;
import java.util.Objects;
import java.util.Optional;

/**
 * A request that is refused although nothing is wrong with it, so that a client can be seen to cope.
 *
 * @param request what is refused
 * @param medium refuse the media handshakes of this medium only; empty for all
 * @param status Zoom's number, known or not (rtms-protocol section 10.8)
 * @param reason the words that go with it
 * @param times how often; afterwards the request is served as usual
 */
public record Refusal(Request request, Optional<MediaType> medium, int status, String reason, int times)
        implements Fault {
    /** Requests that can be refused. */
    public enum Request implements Labelled {
        /** Message 1. */
        SIGNALING_HANDSHAKE,
        /** Message 3. */
        MEDIA_HANDSHAKE,
        /** Message 10. */
        SESSION_STATE,
        /** Message 19. */
        STREAM_STATE,
        /** Message 21. */
        STREAM_CLOSE,
        /** Message 28. */
        VIDEO_SUBSCRIPTION
    }

    public Refusal {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(medium, "medium");
        Objects.requireNonNull(reason, "reason");
        if (times < 1) {
            throw new IllegalArgumentException("Nothing is refused " + times + " times");
        }
        if (medium.isPresent() && request != Request.MEDIA_HANDSHAKE) {
            throw new IllegalArgumentException(request + " is not about a medium");
        }
    }

    /** Refuses always. */
    public static Refusal of(Request request, StatusCode status) {
        return of(request, status.number());
    }

    /** Refuses always, with a number that may mean nothing. */
    public static Refusal of(Request request, int status) {
        return new Refusal(request, Optional.empty(), status, "refused on request", Integer.MAX_VALUE);
    }

    /** Refuses the handshakes of a medium always. */
    public static Refusal of(MediaType medium, StatusCode status) {
        return new Refusal(
                Request.MEDIA_HANDSHAKE, Optional.of(medium), status.number(), "refused on request", Integer.MAX_VALUE);
    }

    /** The same for the first few times only. */
    public Refusal times(int newTimes) {
        return new Refusal(request, medium, status, reason, newTimes);
    }

    /** The same with other words. */
    public Refusal because(String newReason) {
        return new Refusal(request, medium, status, newReason, times);
    }
}
