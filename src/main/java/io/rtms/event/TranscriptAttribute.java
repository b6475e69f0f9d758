package io.rtms.event;

/** What a transcript message does to its segment (rtms-protocol section 10.7). */
public enum TranscriptAttribute {
    NONE,
    NEW,
    UPDATE,
    DELETE;

    /** The attribute with Zoom's number; {@link #NONE} for a number that is not known. */
    public static TranscriptAttribute of(int number) {
        return number >= 0 && number < values().length ? values()[number] : NONE;
    }
}
