package io.rtms.sdk;

/** What lies in a frame ring cannot have been written by the engine as it should: something has written over it. Nothing more can be read there. */
public final class BrokenRingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenRingException(String message) {
        super("broken frame ring: " + message);
    }
}
