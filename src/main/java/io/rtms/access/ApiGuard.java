package io.rtms.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rtms.http.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Guards everything below {@code /api} and {@code /simulator}: in front of the routes, so that a resource cannot be forgotten. Runs on event loops and does not
 * block. The page, static files, webhooks (which are signed) and {@code /q/*} pass.
 */
@Singleton
class ApiGuard {
    /** Before every other filter that answers. */
    private static final int PRIORITY = 1000;

    private static final Pattern MATRIX_PARAMETERS = Pattern.compile(";[^/]*");

    private final Access access;
    private final List<String> guarded;

    ApiGuard(Access access, @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String rootPath) {
        this.access = access;
        String root = rootPath.endsWith("/") ? rootPath : rootPath + "/";
        this.guarded = List.of(root + "api", root + "simulator");
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, PRIORITY);
    }

    private void guard(RoutingContext context) {
        if (!isGuarded(context.normalizedPath())) {
            context.next();
            return;
        }
        Optional<Refusal> refusal = access.check(credential(context.request()), Scope.api());
        if (refusal.isEmpty()) {
            context.next();
        } else {
            refuse(context, refusal.get());
        }
    }

    private boolean isGuarded(String normalizedPath) {
        String path = MATRIX_PARAMETERS.matcher(normalizedPath).replaceAll("");
        return guarded.stream().anyMatch(room -> path.equals(room) || path.startsWith(room + "/"));
    }

    /** Reading may carry the token in its URL, for event streams and downloads in browsers; changing something may not. */
    private static Optional<String> credential(HttpServerRequest request) {
        String query = request.method() == HttpMethod.GET ? request.getParam("token") : null;
        return BearerToken.of(request.getHeader("Authorization"), query);
    }

    private void refuse(RoutingContext context, Refusal refusal) {
        HttpServerRequest request = context.request();
        access.refused(refusal, address(request.remoteAddress()), request.method() + " " + context.normalizedPath());
        String challenge = refusal == Refusal.NO_TOKEN ? "Bearer" : "Bearer error=\"invalid_token\"";
        context.response()
                .setStatusCode(401)
                .putHeader("WWW-Authenticate", challenge)
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(json(Problem.of(Response.Status.UNAUTHORIZED, refusal.text())));
    }

    private static String json(Problem problem) {
        return new JsonObject()
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .encode();
    }

    private static String address(SocketAddress address) {
        return address == null ? "unknown" : address.toString();
    }
}
