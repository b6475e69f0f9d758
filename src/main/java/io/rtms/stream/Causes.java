package io.rtms.stream;

import io.rtms.event.Cause;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.sdk.Frame;
import io.rtms.sdk.NativeError;
import java.time.Duration;
import java.util.Set;

/** Why a stream came to a state, in words that say what follows. */
final class Causes {
    private Causes() {}

    /** Zoom stopped the stream. */
    static Cause stopped(StopReason reason) {
        Cause cause = Cause.of(reason);
        return reason.worthRestart()
                ? withText(
                        cause,
                        cause.text() + " The meeting may go on: a new stream has to be started there or by Zoom's API.")
                : cause;
    }

    /** Whether a stop says more than an earlier one of the same stream: a reason where there was none, or that everything is to be deleted. */
    static boolean isMoreTelling(Cause cause, Cause earlier) {
        return !cause.name().equals(earlier.name())
                && (earlier.name().equals(StopReason.UNDEFINED.name())
                        || cause.name().equals(StopReason.STREAM_REVOKED.name()));
    }

    static Cause newServers() {
        return new Cause(0, "NEW_SERVERS", "Zoom moved the stream to other servers. Connecting to them now.", true);
    }

    static Cause interrupted() {
        Cause cause = Cause.of(StopReason.SIGNAL_CONNECTION_INTERRUPTED);
        return new Cause(cause.code(), cause.name(), cause.text() + " Connecting again now.", true);
    }

    /** A media connection ended, or could not be made. */
    static Cause lost(Frame mediaLost) {
        return new Cause(mediaLost.code(), NativeError.of(mediaLost.code()).name(), mediaLost.text(), true);
    }

    /** @param pause time until the next try */
    static Cause mediaLost(Set<MediaType> lost, Cause loss, Duration pause) {
        String text = "Lost the connection for %s: %s Next try in %.1f s."
                .formatted(lost, sentence(loss.text()), seconds(pause));
        return new Cause(loss.code(), loss.name(), text, true);
    }

    static Cause mediaNotBack(Set<MediaType> lost, Duration elapsed) {
        String text = "%s did not come back in %.0f s. Connecting everything again.".formatted(lost, seconds(elapsed));
        return new Cause(0, "MEDIA_NOT_BACK", text, true);
    }

    /** @param last what went wrong last, if anything */
    static Cause joinTimedOut(Duration timeout, Cause last) {
        NativeError error = NativeError.TIMEOUT;
        String text = "Not joined in %.1f s. %s".formatted(seconds(timeout), last.text());
        return new Cause(error.code(), error.name(), text.strip(), false);
    }

    private static Cause withText(Cause cause, String text) {
        return new Cause(cause.code(), cause.name(), text, cause.retry());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }
}
