package io.rtms.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The Zoom apps that are configured: one without a name ({@code rtms.app.*}) and any number with names ({@code rtms.apps.<name>.*}). Where the
 * simulator runs and the one without a name has no secrets, random ones are made that only this process knows, so that trying things out needs
 * no Zoom account and opens no door. For any thread.
 */
@Singleton
public class Apps {
    /** Names stand in paths of webhooks and in labels of metrics. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final App defaultApp;
    private final Map<String, App> named = new TreeMap<>();

    Apps(
            DefaultApp own,
            NamedApps others,
            @ConfigProperty(name = "rtms.webhook.secrets") Optional<List<String>> webhookSecrets,
            @ConfigProperty(name = "rtms.tls.ca") Optional<String> ca,
            @ConfigProperty(name = "rtms.tls.verify") boolean verify,
            @ConfigProperty(name = "rtms.simulator.enabled") boolean simulated) {
        this.defaultApp = new App(
                JoinRequest.DEFAULT_APP,
                own.clientId().or(() -> simulated ? Optional.of("simulated-client") : Optional.empty()),
                own.clientSecret().or(() -> simulated ? Optional.of(random()) : Optional.empty()),
                webhookSecrets
                        .map(secrets -> requireSecrets("rtms.webhook.secrets", secrets))
                        .orElseGet(() -> simulated ? List.of(random()) : List.of()),
                ca,
                verify,
                own.proxy());
        others.apps().forEach((name, settings) -> named.put(requireName(name), app(name, settings)));
    }

    /** The app that is configured without a name; in a service for named apps only there may be nothing in it. */
    public App defaultApp() {
        return defaultApp;
    }

    /** The app with this name. */
    public Optional<App> app(String name) {
        return name.equals(defaultApp.name()) ? Optional.of(defaultApp) : Optional.ofNullable(named.get(name));
    }

    /** All names, that of the default app first. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of(defaultApp.name()));
        names.addAll(named.keySet());
        return names;
    }

    /** All apps, less the default one where nothing is set of it and there are others. */
    public List<App> used() {
        return Stream.concat(Stream.of(defaultApp), named.values().stream())
                .filter(app -> !app.equals(defaultApp) || app.hasSecrets() || named.isEmpty())
                .toList();
    }

    /**
     * Fills in what a request leaves to its app: what signs it, unless it can be signed already, and how it connects.
     *
     * @throws IllegalArgumentException where there is no such app, or it cannot sign; the message says what to set
     */
    public JoinRequest complete(JoinRequest request) {
        App app = app(request.app())
                .orElseThrow(() -> new IllegalArgumentException(
                        "app %1$s is not configured: set rtms.apps.%1$s.client-id and rtms.apps.%1$s.client-secret"
                                .formatted(request.app())));
        JoinRequest.Builder complete =
                request.toBuilder().verify(request.verify().orElse(app.verify()));
        request.ca().or(app::ca).ifPresent(complete::ca);
        request.proxy().or(app::proxy).ifPresent(complete::proxy);
        if (!request.canSign()) {
            sign(complete, app);
        }
        return complete.build();
    }

    private static void sign(JoinRequest.Builder request, App app) {
        if (!app.hasCredentials()) {
            throw new IllegalArgumentException(
                    "app %s has no client id and secret: set %s".formatted(app.name(), app.credentialsKeys()));
        }
        request.credentials(app.clientId().orElseThrow(), app.clientSecret().orElseThrow());
    }

    private App app(String name, NamedApp settings) {
        return new App(
                name,
                settings.clientId(),
                settings.clientSecret(),
                requireSecrets(
                        "rtms.apps.%s.webhook-secrets".formatted(name),
                        settings.webhookSecrets().orElse(List.of())),
                settings.ca().or(defaultApp::ca),
                settings.verify().orElse(defaultApp.verify()),
                settings.proxy().or(defaultApp::proxy));
    }

    /** An empty secret is one that everybody knows. */
    private static List<String> requireSecrets(String key, List<String> secrets) {
        List<String> stripped = secrets.stream().map(String::strip).toList();
        if (stripped.contains("")) {
            throw new IllegalArgumentException(
                    "%s has an empty secret in its list: leave no comma without one".formatted(key));
        }
        return stripped;
    }

    private static String requireName(String name) {
        if (name.equals(JoinRequest.DEFAULT_APP)) {
            throw new IllegalArgumentException("rtms.apps.default: the default app is configured by rtms.app.*");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "rtms.apps.%s: a name has up to 64 letters, digits, dashes and underscores".formatted(name));
        }
        return name;
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * The app without a name; the secrets of its webhooks are {@code rtms.webhook.secrets}, its TLS is {@code rtms.tls}. Without client id and secret
     * only the simulator's streams can be joined.
     */
    @ConfigMapping(prefix = "rtms.app")
    interface DefaultApp {
        /** Client id of the Zoom app, or the Video SDK's key. */
        @WithDefault("${ZM_RTMS_CLIENT:}")
        Optional<String> clientId();

        /** Client secret of the Zoom app, or the Video SDK's secret. */
        @WithDefault("${ZM_RTMS_SECRET:}")
        Optional<String> clientSecret();

        /** HTTP proxy through which the streams connect, {@code http://[user:password@]host:port}; empty for none. */
        Optional<String> proxy();
    }

    /**
     * Any number of further apps, each with a name of up to 64 letters, digits, dashes and underscores. Webhooks of the app {@code sales} come to
     * {@code /webhook/sales} ({@code rtms.webhook.path}, a slash and the name) and are checked with its secrets only; its streams are signed with its
     * client id and secret. Environment variables can only tell of names in lower-case letters and digits.
     */
    @ConfigMapping(prefix = "rtms.apps")
    interface NamedApps {
        /** By name. */
        @WithParentName
        Map<String, NamedApp> apps();
    }

    /**
     * An app with a name: how it connects is inherited from the app without a name ({@code rtms.tls.ca}, {@code rtms.tls.verify},
     * {@code rtms.app.proxy}) where it says nothing; secrets are not.
     */
    interface NamedApp {
        /** Client id of this app, or the Video SDK's key. */
        Optional<String> clientId();

        /** Client secret of this app, or the Video SDK's secret. */
        Optional<String> clientSecret();

        /** The secret token with which Zoom signs this app's webhooks. Several are all accepted: for rotation. */
        Optional<List<String>> webhookSecrets();

        /** PEM file of the certificate authorities to trust for the servers of this app's streams. */
        Optional<String> ca();

        /** Whether the certificates of these servers are checked. */
        Optional<Boolean> verify();

        /** HTTP proxy through which this app's streams connect, {@code http://[user:password@]host:port}. */
        Optional<String> proxy();
    }
}
