package io.rtms.webhook;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets the webhook's path be configured: requests for {@code rtms.webhook.path} are led to where the resource stands. */
@ApplicationScoped
class WebhookPath {
    /** Path of the resource, and the default. */
    static final String RESOURCE = "/webhook";

    /** Before every other filter. */
    private static final int FIRST = 10_000;

    private final String path;

    WebhookPath(WebhookConfig config) {
        this.path = config.path().startsWith("/") ? config.path() : "/" + config.path();
    }

    void register(@Observes Filters filters) {
        if (!path.equals(RESOURCE)) {
            filters.register(
                    context -> {
                        if (context.normalizedPath().equals(path)) {
                            context.reroute(RESOURCE);
                        } else {
                            context.next();
                        }
                    },
                    FIRST);
        }
    }
}
