package io.rtms.access;

import java.util.Locale;
import java.util.Set;

/** Why somebody was turned away; the values of the metric label {@code reason}. */
public enum Refusal {
    NO_TOKEN("A bearer token is needed."),
    WRONG_TOKEN("The bearer token is not valid."),
    WRONG_TICKET("The ticket is not valid: unknown, used already, or too old."),
    FOREIGN_ORIGIN("Pages of this origin may not connect (rtms.access.origins)."),
    FOREIGN_HOST("The service may not be asked for by this name (rtms.access.hosts)."),
    FOREIGN_STREAM("The ticket is for another stream, or for other kinds of entries.");

    private static final Set<Refusal> FORBIDDEN = Set.of(FOREIGN_ORIGIN, FOREIGN_HOST, FOREIGN_STREAM);

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** Whether another credential would not help: 403 rather than 401. */
    public boolean isForbidden() {
        return FORBIDDEN.contains(this);
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
