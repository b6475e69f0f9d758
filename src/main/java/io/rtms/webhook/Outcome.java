package io.rtms.webhook;

import io.rtms.http.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a request at the webhook's door, for the answer, the counters and the audit log.
 *
 * @param event label of the event; one of a bounded number
 * @param result how it ended
 * @param response the answer
 * @param why a sentence, where it was turned away; else empty
 */
record Outcome(String event, Result result, Response response, String why) {
    /** Label of events and apps that a request names and nobody knows. */
    static final String UNKNOWN = "unknown";

    private static final String URL_VALIDATION = "endpoint.url_validation";

    /** How a request ended. */
    enum Result {
        ACCEPTED,
        /** The same request was taken before: Zoom is told so as if it were the first time. */
        REPLAYED,
        CHALLENGE,
        UNKNOWN_APP,
        TOO_LARGE,
        UNAUTHORIZED,
        STALE,
        INVALID,
        TOO_MANY,
        UNAVAILABLE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Taken, now or before. */
    static Outcome taken(String event, Result result) {
        return new Outcome(event, result, Response.noContent().build(), "");
    }

    /** Zoom's question was answered. */
    static Outcome challenge(Map<String, String> answer) {
        Response response = Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
        return new Outcome(URL_VALIDATION, Result.CHALLENGE, response, "");
    }

    /** Too many questions. */
    static Outcome tooMany(Duration wait) {
        String why = "Too many URL validations (rtms.webhook.challenge-rate).";
        Response response = Response.fromResponse(
                        Problem.of(Response.Status.TOO_MANY_REQUESTS, why).toResponse())
                .header(HttpHeaders.RETRY_AFTER, wait.plusSeconds(1).toSeconds())
                .build();
        return new Outcome(URL_VALIDATION, Result.TOO_MANY, response, why);
    }

    /** Turned away. */
    static Outcome refused(Result result, Response.Status status, String why) {
        return refused(UNKNOWN, result, status, why);
    }

    /** Turned away, with an event that is known. */
    static Outcome refused(String event, Result result, Response.Status status, String why) {
        return new Outcome(event, result, Problem.of(status, why).toResponse(), why);
    }
}
