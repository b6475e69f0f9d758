package io.rtms.simulator.picture;

/** A picture that cannot be shown; the message names the file and says what is expected. */
public class PictureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PictureException(String message) {
        super(message);
    }

    PictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
