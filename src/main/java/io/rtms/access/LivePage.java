package io.rtms.access;

import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rtms.http.OwnPaths;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;

/**
 * Tells the operator, once the server listens, where the live page is; the only place that ever shows the token made at start. The page stands at
 * {@code /live/}; with {@code rtms.page.at-root} it is also what whoever asks for the root gets to see.
 */
@Singleton
class LivePage {
    private static final Logger LOG = Logger.getLogger(LivePage.class);
    private static final String PAGE = "live/";

    /** After every filter that refuses. */
    private static final int PRIORITY = 10;

    private final Access access;
    private final boolean atRoot;
    private final String root;

    LivePage(Access access, PageConfig config, OwnPaths paths) {
        this.access = access;
        this.atRoot = config.atRoot();
        this.root = paths.root();
    }

    void register(@Observes Filters filters) {
        if (atRoot) {
            filters.register(this::lead, PRIORITY);
        }
    }

    private void lead(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean isRead = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        if (isRead && context.normalizedPath().equals(root)) {
            String query = request.query() == null ? "" : "?" + request.query();
            context.response()
                    .setStatusCode(Response.Status.FOUND.getStatusCode())
                    .putHeader(HttpHeaders.LOCATION, root + PAGE + query)
                    .end();
        } else {
            context.next();
        }
    }

    void listens(@ObservesAsync HttpServerStart start) {
        announce("http", start.options());
    }

    void listensSecurely(@ObservesAsync HttpsServerStart start) {
        announce("https", start.options());
    }

    private void announce(String scheme, HttpServerOptions options) {
        if (access.isOpen()) {
            LOG.warn(
                    "rtms.access.open=true: everybody who reaches this service may use its API and read its transcripts");
        }
        String token = access.randomToken().map(value -> "?token=" + value).orElse("");
        LOG.infof(
                "Live page: %s://localhost:%d%s%s", scheme, port(scheme, options), atRoot ? root : root + PAGE, token);
    }

    /** Where a free port was asked for (0), Quarkus leaves the one it got in a system property; the options keep the 0. */
    private static int port(String scheme, HttpServerOptions options) {
        return options.getPort() > 0 ? options.getPort() : Integer.getInteger("quarkus." + scheme + ".port", 0);
    }
}
