package io.rtms.stream;

import io.rtms.event.Cause;
import io.rtms.event.StatusCode;
import io.rtms.sdk.Frame;
import io.rtms.sdk.NativeError;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Whether and when to try again (rtms-protocol section 7): pauses of 3 s doubling to 30 s with a tenth of jitter, 1.5, 3, 6 s and so on where Zoom
 * still holds our earlier connection (status 8), at once where our own process crashed, never where the answer would be the same again.
 */
public final class ReconnectPolicy {
    private static final Duration DUPLICATE_FIRST = Duration.ofMillis(1500);
    private static final int DUPLICATE_TRIES = 3;
    private static final Duration AFTER_CRASH = Duration.ofMillis(100);
    /** How long before the end of the time the last try begins. */
    private static final Duration LAST_TRY = Duration.ofSeconds(2);

    private final Duration first;
    private final Duration most;
    private final Duration giveUpAfter;
    private final RandomGenerator random;

    /** With jitter of its own making. */
    public ReconnectPolicy(StreamConfig config) {
        this(config, RandomGenerator.getDefault());
    }

    ReconnectPolicy(StreamConfig config, RandomGenerator random) {
        this.first = config.backoffFirst();
        this.most = config.backoffMost();
        this.giveUpAfter = config.giveUpAfter();
        this.random = random;
    }

    /**
     * What is known of a stream whose attempt has failed, or whose connection is lost.
     *
     * @param failed attempts that failed in a row, 0 for a connection that was lost while live
     * @param elapsed since the trouble began
     * @param wasLive whether the stream has been live: one that Zoom does not know any more has ended, or moved to other servers, and the word of
     *     that is on its way
     * @param mayBeHeld whether a connection that Zoom holds may be ours: an earlier one, or that of an attempt whose answer never came
     */
    record Past(int failed, Duration elapsed, boolean wasLive, boolean mayBeHeld) {}

    /** What to do now. */
    sealed interface Decision {
        /** Why, and what follows. */
        Cause cause();

        /** Try again after a pause. */
        record Retry(Duration after, Cause cause) implements Decision {}

        /** Give up. */
        record GiveUp(Cause cause) implements Decision {}
    }

    /**
     * Decides after a failed attempt or a lost connection.
     *
     * @param code {@code RTMS_E_*}
     * @param detail Zoom's status where the code says so
     * @param text the reason in words
     */
    Decision decide(int code, int detail, String text, Past past) {
        NativeError error = NativeError.of(code);
        if (error == NativeError.STATUS) {
            StatusCode status = StatusCode.of(detail);
            boolean passing = status.passing() || past.wasLive() && status == StatusCode.INVALID_RTMS_STREAM_ID;
            return passing
                    ? retryStatus(status, refusal(detail, text), past)
                    : new Decision.GiveUp(refusal(detail, text));
        }
        if (error == NativeError.NO_MEDIA || error == NativeError.STOPPED || error == NativeError.INVALID_ARGUMENT) {
            return new Decision.GiveUp(new Cause(code, error.name(), text, false));
        }
        // Zoom has nothing to do with a crash of our own process; one that crashes again and again is another matter.
        Duration pause = error == NativeError.WORKER && past.failed() <= 1 ? AFTER_CRASH : backoff(past.failed());
        return retry(pause, new Cause(code, error.name(), text, true), past);
    }

    /** The pause before the next attempt where only media are lost; Zoom says by itself when it is too late. */
    Duration backoff(int failed) {
        return jittered(doubled(first, failed));
    }

    /** Whether a medium's loss was a refusal that would come again. */
    static boolean isFinal(Frame mediaLost) {
        return mediaLost.code() == NativeError.STATUS.code()
                && !StatusCode.of(status(mediaLost)).passing();
    }

    /** Whether an attempt ended because Zoom holds a connection of this stream already (status 8). */
    static boolean isHeldElsewhere(Frame disconnected) {
        return disconnected.code() == NativeError.STATUS.code()
                && StatusCode.of(disconnected.detail()) == StatusCode.DUPLICATE_SIGNAL_REQUEST;
    }

    /** The status of a medium's loss that was a refusal. */
    static int status(Frame mediaLost) {
        return Json.readOrMissing(mediaLost.extra()).path("detail").asInt(-1);
    }

    /** A handshake's refusal in words. */
    Cause refusal(int number, String text) {
        StatusCode status = StatusCode.of(number);
        String words = "Zoom answered with status %d %s. %s%s"
                .formatted(number, status.name(), status.text(), text.isEmpty() ? "" : " (" + text + ")");
        return new Cause(number, status.name(), words, status.passing());
    }

    /** Our own earlier connection may be held until Zoom has missed its keep-alives; where there was none it is somebody else's. */
    private Decision retryStatus(StatusCode status, Cause cause, Past past) {
        if (status != StatusCode.DUPLICATE_SIGNAL_REQUEST) {
            return retry(backoff(past.failed()), cause, past);
        }
        if (past.failed() <= DUPLICATE_TRIES) {
            return retry(DUPLICATE_FIRST.multipliedBy(1L << Math.max(0, past.failed() - 1)), cause, past);
        }
        return past.mayBeHeld() ? retry(doubled(DUPLICATE_FIRST, past.failed() - 1), cause, past) : giveUp(cause, past);
    }

    /** The last pause is cut short, so that the last try comes before Zoom stops waiting. */
    private Decision retry(Duration after, Cause cause, Past past) {
        Duration left = giveUpAfter.minus(past.elapsed()).minus(LAST_TRY);
        Duration pause = after.compareTo(left) <= 0 ? after : left;
        if (pause.compareTo(after) < 0 && pause.compareTo(first) < 0) {
            return giveUp(cause, past);
        }
        String text = "%s Next try in %.1f s.".formatted(cause.text(), pause.toMillis() / 1000.0);
        return new Decision.Retry(pause, new Cause(cause.code(), cause.name(), text, true));
    }

    private static Decision giveUp(Cause cause, Past past) {
        String text = "Gave up after %d attempts in %d s. %s"
                .formatted(past.failed(), past.elapsed().toSeconds(), cause.text());
        return new Decision.GiveUp(new Cause(cause.code(), cause.name(), text, false));
    }

    private Duration doubled(Duration from, int times) {
        Duration pause = from.multipliedBy(1L << Math.min(times, 20));
        return pause.compareTo(most) > 0 ? most : pause;
    }

    private Duration jittered(Duration pause) {
        return pause.plusMillis((long) (pause.toMillis() * (random.nextDouble() - 0.5) * 0.2));
    }
}
