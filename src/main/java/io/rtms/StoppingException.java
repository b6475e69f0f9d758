package io.rtms;

/** The service is on its way down and joins nothing any more. */
public class StoppingException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Joining is over. */
    public StoppingException() {
        super("The service stops, and joins no stream any more.");
    }
}
