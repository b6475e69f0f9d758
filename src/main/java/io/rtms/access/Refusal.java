package io.rtms.access;

import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Set;

/** Why somebody was turned away; the values of the metric label {@code reason}. */
public enum Refusal {
    NO_TOKEN("A bearer token is needed."),
    WRONG_TOKEN("The bearer token is not valid."),
    WRONG_TICKET("The ticket is not valid: unknown, used already, or too old."),
    FOREIGN_ORIGIN("Pages of this origin may not connect (rtms.access.origins)."),
    FOREIGN_HOST("The service may not be asked for by this name (rtms.access.hosts)."),
    FOREIGN_STREAM("The ticket is for another stream, or for other kinds of entries."),
    UNCLEAR_PATH(
            "The path can be read in more than one way: none here has matrix parameters, an escaped slash outside an id, or escapes that are not of UTF-8.");

    private static final Set<Refusal> FORBIDDEN = Set.of(FOREIGN_ORIGIN, FOREIGN_HOST, FOREIGN_STREAM);
    private static final Set<Refusal> BAD_REQUESTS = Set.of(UNCLEAR_PATH);

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** Whether another credential would not help: 403 rather than 401. */
    public boolean isForbidden() {
        return FORBIDDEN.contains(this);
    }

    /** The status of an answer over HTTP. */
    Response.Status status() {
        if (BAD_REQUESTS.contains(this)) {
            return Response.Status.BAD_REQUEST;
        }
        return isForbidden() ? Response.Status.FORBIDDEN : Response.Status.UNAUTHORIZED;
    }

    /** A sentence for people. */
    public String text() {
        return text;
    }

    /** The reason's name in labels. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
