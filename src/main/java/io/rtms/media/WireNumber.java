package io.rtms.media;

/** Something that Zoom numbers. Every enum of these has an {@code UNKNOWN} for numbers that this version does not know. */
public interface WireNumber {
    /** Zoom's number; -1 for unknown ones. */
    int number();

    /** The value with this number, else the one for unknown ones. */
    static <E extends Enum<E> & WireNumber> E of(E[] values, int number, E unknown) {
        for (E value : values) {
            if (value.number() == number) {
                return value;
            }
        }
        return unknown;
    }
}
