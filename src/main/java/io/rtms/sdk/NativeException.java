package io.rtms.sdk;

/** A function of the native library said no. */
public final class NativeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final NativeError error;

    NativeException(String function, int code) {
        super("%s: %s".formatted(function, Librtms.rtms_strerror(code)));
        this.error = NativeError.of(code);
    }

    /** What went wrong. */
    public NativeError error() {
        return error;
    }

    /** The result of a function that returns an error below 0. */
    static long check(String function, long result) {
        if (result < 0) {
            throw new NativeException(function, (int) result);
        }
        return result;
    }
}
