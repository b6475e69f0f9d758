package io.rtms.ops.doctor;

import io.rtms.stream.App;
import io.rtms.stream.Apps;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Zoom apps: credentials, secrets of webhooks, proxies. */
@Singleton
class AppsCheck implements Check {
    private final Apps apps;

    AppsCheck(Apps apps) {
        this.apps = apps;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (App app : apps.used()) {
            String what = "app " + app.name();
            findings.add(
                    app.hasCredentials()
                            ? Finding.ok(
                                    what,
                                    "Client id %s and its secret are set"
                                            .formatted(app.clientId().orElseThrow()))
                            : Finding.fail(
                                    what,
                                    "No stream can be joined: client id or secret is missing",
                                    "Set %s, from App Credentials of your app at marketplace.zoom.us"
                                            .formatted(app.credentialsKeys())));
            findings.add(
                    app.webhookSecrets().isEmpty()
                            ? Finding.fail(
                                    what,
                                    "Every webhook is refused (401): there is no secret to check it with",
                                    "Set %s to the Secret Token of your app, under Features > Access"
                                            .formatted(app.webhookSecretsKey()))
                            : Finding.ok(
                                    what,
                                    "Webhooks are checked with %d secret(s)"
                                            .formatted(app.webhookSecrets().size())));
            app.proxy().flatMap(proxy -> proxy(what, proxy)).ifPresent(findings::add);
        }
        return findings;
    }

    private static Optional<Finding> proxy(String what, String proxy) {
        try {
            URI uri = new URI(proxy);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                return Optional.of(
                        Finding.ok(what, "Connects through the proxy %s:%d".formatted(uri.getHost(), uri.getPort())));
            }
        } catch (URISyntaxException e) {
            // said below, without the text: it may hold a password
        }
        return Optional.of(Finding.fail(
                what,
                "Its proxy is no http://[user:password@]host:port",
                "Write it so, with % escapes in user and password"));
    }
}
