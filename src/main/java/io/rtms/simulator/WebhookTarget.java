package io.rtms.simulator;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where webhooks go: the configured URL, or this service itself on the port on which it really listens. Quarkus tells that it listens by an
 * event, and a port that was chosen for it by a system property, {@code quarkus.http.port} (in tests {@code quarkus.http.test-port}).
 */
@Singleton
class WebhookTarget {
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "localhost");

    private final SimulatorConfig settings;
    private final String path;
    private final CountDownLatch listening = new CountDownLatch(1);
    private volatile String host = "127.0.0.1";

    WebhookTarget(SimulatorConfig settings, @ConfigProperty(name = "rtms.webhook.path") String path) {
        this.settings = settings;
        this.path = path.startsWith("/") ? path : "/" + path;
    }

    void onListening(@ObservesAsync HttpServerStart start) {
        String bound = start.options().getHost();
        if (bound != null && !EVERYWHERE.contains(bound)) {
            host = bound.contains(":") ? "[" + bound + "]" : bound;
        }
        listening.countDown();
    }

    boolean isListening() {
        return listening.getCount() == 0;
    }

    /** Waits until this service listens; at once where the webhooks go elsewhere. */
    void awaitService() throws InterruptedException {
        if (settings.webhookUrl().isEmpty()) {
            listening.await();
        }
    }

    URI url() {
        return settings.webhookUrl()
                .map(URI::create)
                .orElseGet(() -> URI.create("http://" + host + ":" + port() + path));
    }

    private static int port() {
        String key = LaunchMode.current() == LaunchMode.TEST ? "quarkus.http.test-port" : "quarkus.http.port";
        return ConfigProvider.getConfig().getValue(key, Integer.class);
    }
}
