package io.rtms.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where this service answers: a program that embeds it has paths of its own, about which nothing here decides. All of them stand below
 * {@code quarkus.http.root-path}. Immutable.
 */
@Singleton
public class OwnPaths {
    /** Resources that ask for a token. */
    static final List<String> GUARDED =
            List.of("api/streams", "api/loops", "api/nodes", "api/drain", "api/tickets", "simulator");

    private static final String WEBHOOK = "webhook";

    private final String root;
    private final List<String> guarded;
    private final List<String> own;
    private final List<String> all;

    /**
     * @param webhookPath where webhooks come to besides {@value #WEBHOOK}
     * @param alsoGuarded paths of the program that ask for a token too
     */
    OwnPaths(
            @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String rootPath,
            @ConfigProperty(name = "rtms.webhook.path") String webhookPath,
            @ConfigProperty(name = "rtms.access.paths") Optional<List<String>> alsoGuarded) {
        this.root = rootPath.endsWith("/") ? rootPath : rootPath + "/";
        this.guarded = below(Stream.concat(GUARDED.stream(), alsoGuarded.orElse(List.of()).stream()));
        this.own = below(Stream.concat(GUARDED.stream(), Stream.of(WEBHOOK, webhookPath)));
        this.all = Stream.concat(guarded.stream(), own.stream()).distinct().toList();
    }

    /** The configured path of webhooks as it is compared: with a slash in front and none behind. */
    public static String webhook(String configured) {
        return "/" + configured.replaceAll("^/|/$", "");
    }

    private List<String> below(Stream<String> paths) {
        return paths.map(path -> root + path.strip().replaceAll("^/+|/+$", "")).toList();
    }

    /** Path below which everything stands, with a slash at its end. */
    public String root() {
        return root;
    }

    /** Paths that ask for a token, each with everything below it. */
    public List<String> guarded() {
        return guarded;
    }

    /** Whether a request could come to a resource of this service. */
    boolean mayBeOwn(RoutingContext request) {
        return mayBeBelow(request, own);
    }

    /** Whether a request could come to a resource of this service, or to one that it guards. */
    boolean mayBeOwnOrGuarded(RoutingContext request) {
        return mayBeBelow(request, all);
    }

    private static boolean mayBeBelow(RoutingContext request, Collection<String> roots) {
        return RequestPath.of(request.normalizedPath())
                .map(path -> path.mayBeBelow(roots))
                .orElse(true);
    }
}
