package io.rtms.webhook;

/** A webhook that cannot be read; the message names the field and says what is wrong with it. */
final class InvalidWebhookException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidWebhookException(String message) {
        super(message);
    }
}
