package io.rtms.media;

/** A media parameter, or a combination of them, that Zoom would not accept. Names the field, its value, and what is allowed. */
public final class InvalidParameterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String field;

    InvalidParameterException(String field, Object value, String allowed) {
        super("%s is %s; allowed: %s".formatted(field, value, allowed));
        this.field = field;
    }

    /** The field at fault, e.g. {@code audio.sampleRate}. */
    public String field() {
        return field;
    }

    /** Throws unless the condition holds. */
    static void require(boolean holds, String field, Object value, String allowed) {
        if (!holds) {
            throw new InvalidParameterException(field, value, allowed);
        }
    }
}
