package io.rtms.access;

import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Tells the operator, once the server listens, where the live page is; the only place that ever shows the token made at start. */
@Singleton
class LivePage {
    private static final Logger LOG = Logger.getLogger(LivePage.class);

    private final Access access;
    private final String rootPath;

    LivePage(Access access, @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String rootPath) {
        this.access = access;
        this.rootPath = rootPath.endsWith("/") ? rootPath : rootPath + "/";
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
        LOG.infof("Live page: %s://localhost:%d%s%s", scheme, port(scheme, options), rootPath, token);
    }

    /** Where a free port was asked for (0), Quarkus leaves the one it got in a system property; the options keep the 0. */
    private static int port(String scheme, HttpServerOptions options) {
        return options.getPort() > 0 ? options.getPort() : Integer.getInteger("quarkus." + scheme + ".port", 0);
    }
}
