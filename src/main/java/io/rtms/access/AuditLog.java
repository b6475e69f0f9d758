package io.rtms.access;

import io.rtms.http.TokenBucket;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Who was turned away, at which door, and why: one line for each, in the category {@value #CATEGORY}. Nobody can flood the log: above one line
 * a second, each door counts what it leaves out and says so with its next line. Holds neither tokens nor queries. Safe for any thread.
 */
@Singleton
public class AuditLog {
    /** Category of the lines. */
    public static final String CATEGORY = "io.rtms.audit";

    private static final Logger LOG = Logger.getLogger(CATEGORY);
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\"\\\\]");
    private static final int MOST_CHARACTERS = 256;
    private static final int BURST = 10;
    private static final Duration PACE = Duration.ofSeconds(1);

    private final Map<Door, Limited> doors;

    /** Where somebody was turned away. Each has a limit of its own, so that noise at one hides nothing at another. */
    public enum Door {
        API,
        RELAY,
        WEBHOOK
    }

    @Inject
    AuditLog() {
        this(System::nanoTime);
    }

    /** @param nanos a clock as {@link System#nanoTime()} */
    AuditLog(LongSupplier nanos) {
        this.doors = Arrays.stream(Door.values())
                .collect(Collectors.toMap(
                        door -> door,
                        door -> new Limited(new TokenBucket(BURST, PACE, nanos), new AtomicLong()),
                        (one, other) -> one,
                        () -> new EnumMap<>(Door.class)));
    }

    private record Limited(TokenBucket bucket, AtomicLong leftOut) {}

    /**
     * Writes a line, or counts it where there were too many.
     *
     * @param who address of the client
     * @param what method and path without the query, which may carry a token
     * @param why a sentence without anything secret
     */
    public void refused(Door door, String who, String what, String why) {
        Limited limited = doors.get(door);
        if (!limited.bucket().take().isZero()) {
            limited.leftOut().incrementAndGet();
            return;
        }
        long leftOut = limited.leftOut().getAndSet(0);
        LOG.warnf(
                "refused door=%s what=\"%s\" who=\"%s\" why=\"%s\"%s",
                door.name().toLowerCase(Locale.ROOT),
                printable(what),
                printable(who),
                printable(why),
                leftOut == 0 ? "" : " leftOut=" + leftOut);
    }

    /** A request must not write lines or fields of its own into the log. */
    private static String printable(String text) {
        String some = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "..." : text;
        return UNPRINTABLE.matcher(some).replaceAll("?");
    }
}
