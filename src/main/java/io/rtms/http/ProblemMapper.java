package io.rtms.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Gives those errors the form of RFC 9457 that the framework makes without a body (no such path, method or media type), and those that nobody
 * thought of. The latter are logged here, with the path alone: the framework would log the query too, which may carry a token.
 */
class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final int FIRST_ERROR = 400;

    @ServerExceptionMapper
    Response toResponse(WebApplicationException exception) {
        Response response = exception.getResponse();
        Response.Status status = Response.Status.fromStatusCode(response.getStatus());
        if (response.hasEntity() || status == null || response.getStatus() < FIRST_ERROR) {
            return response;
        }
        return Response.fromResponse(response)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(status, detail(status)))
                .build();
    }

    @ServerExceptionMapper
    Response toResponse(Throwable unexpected, RoutingContext context) {
        HttpServerRequest request = context.request();
        if (unexpected instanceof IOException) {
            LOG.debugf(unexpected, "The client of %s %s has likely hung up", request.method(), request.path());
        } else {
            LOG.errorf(unexpected, "%s %s failed", request.method(), request.path());
        }
        return Problem.of(Response.Status.INTERNAL_SERVER_ERROR, "The service failed; its log says why.")
                .toResponse();
    }

    private static String detail(Response.Status status) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing at this path.";
            case METHOD_NOT_ALLOWED -> "This path does not take this method.";
            case NOT_ACCEPTABLE -> "There is no answer in a media type that Accept allows.";
            case UNSUPPORTED_MEDIA_TYPE -> "The body is in a media type that is not taken here.";
            default -> "The request cannot be answered: " + status.getReasonPhrase() + ".";
        };
    }
}
