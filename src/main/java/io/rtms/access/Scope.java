package io.rtms.access;

/**
 * What somebody asks to use. A token opens every scope; narrower credentials open the one they were made for.
 *
 * @param kind the part of the service
 * @param streamId the stream it is limited to; {@link #ALL_STREAMS} for all
 */
public record Scope(Kind kind, String streamId) {
    /** Stands for every stream. */
    public static final String ALL_STREAMS = "*";

    /** Parts of the service that are guarded. */
    public enum Kind {
        API,
        RELAY
    }

    /** The REST API. */
    public static Scope api() {
        return new Scope(Kind.API, ALL_STREAMS);
    }

    /** Live messages of all streams. */
    public static Scope relay() {
        return new Scope(Kind.RELAY, ALL_STREAMS);
    }

    /** Live messages of one stream. */
    public static Scope relay(String streamId) {
        return new Scope(Kind.RELAY, streamId);
    }

    /** Whether a ticket's grant opens this. Where no stream is named yet, each is checked when it is. */
    boolean isWithin(Grant grant) {
        return kind == Kind.RELAY && (streamId.equals(ALL_STREAMS) || grant.opens(streamId));
    }
}
