package io.rtms.http;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.Response;

/**
 * An error in the form of RFC 9457.
 *
 * @param title what kind of error, the same for all of its kind
 * @param status the HTTP status
 * @param detail what went wrong this time, and what to do about it
 */
@RegisterForReflection
public record Problem(String title, int status, String detail) {
    /** Media type of these. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem with the status's own phrase as title. */
    public static Problem of(Response.Status status, String detail) {
        return new Problem(status.getReasonPhrase(), status.getStatusCode(), detail);
    }

    /** The answer to send. */
    public Response toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }

    /** Sends the answer where no resource does. */
    public void sendTo(HttpServerResponse response) {
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .end(new JsonObject()
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .encode());
    }
}
