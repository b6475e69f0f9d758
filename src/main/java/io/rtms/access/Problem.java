package io.rtms.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/**
 * An error of the REST API as {@code application/problem+json} (RFC 9457). It writes its own JSON, so that nothing has to be registered for
 * a native image.
 *
 * @param status HTTP status
 * @param title the status in words, the same for every problem with it
 * @param detail a sentence about this very request
 */
public record Problem(int status, String title, String detail) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** 400: a parameter or the body makes no sense. */
    public static Problem badRequest(String detail) {
        return new Problem(400, "Bad request", detail);
    }

    /** 401: no credential, or one that does not fit. */
    public static Problem unauthorized(String detail) {
        return new Problem(401, "Not authenticated", detail);
    }

    /** 404: there is no such thing. */
    public static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail);
    }

    /** 429: too much at once; come again later. */
    public static Problem tooMany(String detail) {
        return new Problem(429, "Too many requests", detail);
    }

    /** The problem as JSON. */
    public String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .toString();
    }

    /** The problem as a response. */
    public Response toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(json()).build();
    }

    /** The problem to be thrown from a resource. */
    public WebApplicationException toException() {
        return new WebApplicationException(detail, toResponse());
    }
}
