package io.rtms.simulator.sound;

/** A sound that cannot be played; the message names the file and says what is expected. */
public class SoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SoundException(String message) {
        super(message);
    }

    SoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
