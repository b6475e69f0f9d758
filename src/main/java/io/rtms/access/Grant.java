package io.rtms.access;

import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * What of the relay somebody may read who was let in.
 *
 * @param streamId the one stream, or {@link Scope#ALL_STREAMS}
 * @param kinds labels of the kinds of entries; empty for all
 */
public record Grant(String streamId, Set<String> kinds) {
    /** What a token opens. */
    public static final Grant EVERYTHING = new Grant(Scope.ALL_STREAMS, Set.of());

    private static final String KEY = Grant.class.getName();

    public Grant {
        kinds = Set.copyOf(kinds);
    }

    /** Whether this stream may be read; {@link Scope#ALL_STREAMS} asks for all of them. */
    public boolean opens(String wanted) {
        return streamId.equals(Scope.ALL_STREAMS) || streamId.equals(wanted);
    }

    /** Whether entries of this kind may be read. */
    public boolean opensKind(String label) {
        return kinds.isEmpty() || kinds.contains(label);
    }

    /**
     * What the guard has granted to a request below {@code /api}.
     *
     * @throws IllegalStateException where no guard has seen it: then nothing is granted
     */
    public static Grant of(RoutingContext context) {
        Grant grant = context.get(KEY);
        if (grant == null) {
            throw new IllegalStateException("this request did not pass the guard");
        }
        return grant;
    }

    /** Whether the guard has granted anything to a request. */
    static boolean isAttachedTo(RoutingContext context) {
        return context.get(KEY) != null;
    }

    void attachTo(RoutingContext context) {
        context.put(KEY, this);
    }
}
