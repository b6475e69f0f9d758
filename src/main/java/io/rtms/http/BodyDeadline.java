package io.rtms.http;

import io.netty.handler.codec.http2.Http2Exception;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Ends requests to this service that do not come to their end within {@link HttpConfig#bodyTimeout}: with HTTP/1 their connection, with HTTP/2, where others may
 * share it, their stream alone. Without it, whoever sends a byte now and then keeps a thread waiting for days, as each byte begins the server's
 * own time anew. Runs on event loops and does not block.
 */
@Singleton
class BodyDeadline {
    private static final Logger LOG = Logger.getLogger(BodyDeadline.class);
    /** Before everything else. */
    private static final int PRIORITY = 20_000;

    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Vertx vertx;
    private final OwnPaths paths;
    private final Duration timeout;

    BodyDeadline(Vertx vertx, OwnPaths paths, HttpConfig config) {
        this.vertx = vertx;
        this.paths = paths;
        this.timeout = config.bodyTimeout();
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, PRIORITY);
    }

    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!WITHOUT_BODY.contains(request.method()) && !request.isEnded() && paths.mayBeOwn(context)) {
            long timer = vertx.setTimer(timeout.toMillis(), id -> endUnlessComplete(request));
            context.addEndHandler(done -> cancelIfComplete(request, timer));
        }
        context.next();
    }

    /** An answer may come before the end of the body, as when that is too large; the rest of it has no more time for that. */
    private void cancelIfComplete(HttpServerRequest request, long timer) {
        if (request.isEnded()) {
            vertx.cancelTimer(timer);
        }
    }

    private static void endUnlessComplete(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        LOG.debugf("The body of %s %s came too slowly", request.method(), request.path());
        try {
            if (Http2Stream.carries(request)) {
                Http2Stream.cancel(request);
            } else {
                request.connection().close();
            }
        } catch (Http2Exception e) {
            request.connection().close();
        }
    }
}
