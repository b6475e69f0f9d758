package io.rtms.http;

import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;

/**
 * The name of a request in metrics ({@code http_server_requests_seconds{uri}}) and traces. Requests that come to no resource would be known by their
 * path, which is a stranger's: only so many are told apart, and whoever may make them up could use up the room of those that are real.
 */
public final class PathLabel {
    /** Where Quarkus looks for the template of a path. */
    private static final String KEY = "UrlPathTemplate";

    private static final String REFUSED = "/refused";

    private PathLabel() {}

    /** Leaves the path of a request that was turned away out of metrics and traces. */
    public static void hide(RoutingContext request) {
        ((HttpServerRequestInternal) request.request()).context().putLocal(KEY, REFUSED);
    }
}
