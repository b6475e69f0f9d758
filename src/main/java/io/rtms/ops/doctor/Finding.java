package io.rtms.ops.doctor;

/**
 * What a check says of one thing.
 *
 * @param level how bad it is
 * @param what the thing, in a word or two
 * @param text how it is, in a sentence
 * @param remedy what to do; empty where nothing is
 */
public record Finding(Level level, String what, String text, String remedy) {
    /** How bad something is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** The service runs; somebody should know. */
        WARN,
        /** The service does not do what it is for. */
        FAIL
    }

    /** As it should be. */
    static Finding ok(String what, String text) {
        return new Finding(Level.OK, what, text, "");
    }

    static Finding warn(String what, String text, String remedy) {
        return new Finding(Level.WARN, what, text, remedy);
    }

    static Finding fail(String what, String text, String remedy) {
        return new Finding(Level.FAIL, what, text, remedy);
    }
}
