package io.rtms.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Gives errors of this service the form of RFC 9457 where they have none: those that the framework makes without a body (no such path, method or media
 * type), and those that nobody thought of. The latter are logged here, with the path alone: the framework would log the query too, which may carry a
 * token. Errors of resources that are a program's own stay as they are: so these are no exception mappers, which would be in the way of the program's.
 */
public class OwnAnswers {
    private static final Logger LOG = Logger.getLogger(OwnAnswers.class);
    private static final String OURS = "io.rtms.";
    private static final String IS_OWN = OwnAnswers.class.getName();
    private static final MediaType PROBLEM = MediaType.valueOf(Problem.MEDIA_TYPE);
    private static final Annotation[] NONE = {};
    private static final int FIRST_ERROR = 400;
    /** The framework's answer to paths that nobody knows has the last route. */
    private static final int BEFORE_THE_FRAMEWORKS_OWN = Integer.MAX_VALUE - 1;

    private final OwnPaths paths;

    OwnAnswers(OwnPaths paths) {
        this.paths = paths;
    }

    /** Whether a resource is the service's, and not a program's. */
    public static boolean isOwn(Class<?> resource) {
        return resource.getName().startsWith(OURS);
    }

    /** Notes whose resource a request has come to. */
    @ServerRequestFilter
    public void note(SimpleResourceInfo resource, RoutingContext request) {
        request.put(IS_OWN, isOwn(resource.getResourceClass()));
    }

    /** Where a request came to no resource, its path tells. */
    private boolean isOwn(RoutingContext request) {
        Boolean noted = request.get(IS_OWN);
        return noted == null ? paths.mayBeOwnOrGuarded(request) : noted;
    }

    @ServerResponseFilter
    public void describe(ContainerResponseContext response, RoutingContext request) {
        Response.Status status = Response.Status.fromStatusCode(response.getStatus());
        if (response.getStatus() >= FIRST_ERROR && !response.hasEntity() && status != null && isOwn(request)) {
            if (request.get(IS_OWN) == null) {
                PathLabel.hide(request);
            }
            response.setEntity(Problem.of(status, detail(status)), NONE, PROBLEM);
        }
    }

    void register(@Observes Router router) {
        router.route().failureHandler(this::onFailure);
        router.route().order(BEFORE_THE_FRAMEWORKS_OWN).handler(this::onNothing);
    }

    /** No resource, no page. */
    private void onNothing(RoutingContext context) {
        if (paths.mayBeOwnOrGuarded(context)) {
            Problem.of(Response.Status.NOT_FOUND, detail(Response.Status.NOT_FOUND))
                    .sendTo(context.response());
        } else {
            context.next();
        }
    }

    private void onFailure(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure == null || failure instanceof RejectedExecutionException || !isOwn(context)) {
            context.next();
            return;
        }
        HttpServerRequest request = context.request();
        if (failure instanceof IOException) {
            LOG.debugf(failure, "The client of %s %s has likely hung up", request.method(), request.path());
        } else {
            LOG.errorf(failure, "%s %s failed", request.method(), request.path());
        }
        HttpServerResponse response = context.response();
        if (response.headWritten()) {
            response.reset(); // the client must not take what it has for the whole
        } else {
            Problem.of(Response.Status.INTERNAL_SERVER_ERROR, "The service failed; its log says why.")
                    .sendTo(response);
        }
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
