package io.rtms.access;

import java.util.Locale;

/** Why somebody was turned away; the values of the metric label {@code reason}. */
public enum Refusal {
    NO_TOKEN("A bearer token is needed."),
    WRONG_TOKEN("The bearer token is not valid."),
    FOREIGN_ORIGIN("Pages of this origin may not connect (rtms.access.origins).");

    private final String text;

    Refusal(String text) {
        this.text = text;
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
