package io.rtms.webhook;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rtms.http.OwnPaths;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets the webhook's path be configured: requests for it and for what is below it are led to where the resource stands. */
@ApplicationScoped
class WebhookPath {
    /** Path of the resource, and the default. */
    static final String RESOURCE = "/webhook";

    /** Before every other filter. */
    private static final int FIRST = 10_000;

    private final String path;

    WebhookPath(WebhookConfig config) {
        this.path = OwnPaths.webhook(config.path());
    }

    void register(@Observes Filters filters) {
        if (!path.equals(RESOURCE)) {
            filters.register(
                    context -> {
                        String asked = context.normalizedPath();
                        if (asked.equals(path) || asked.startsWith(path + "/")) {
                            context.reroute(RESOURCE + asked.substring(path.length()));
                        } else {
                            context.next();
                        }
                    },
                    FIRST);
        }
    }
}
