package io.rtms.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rtms.http.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
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
 * Guards everything below {@code /api}: in front of the routes, so that a resource cannot be forgotten. Runs on event loops and does not
 * block. The page, static files, webhooks (which are signed) and {@code /q/*} pass.
 */
@Singleton
class ApiGuard {
    /** Before every other filter that answers. */
    private static final int PRIORITY = 1000;

    private static final List<String> GUARDED = List.of("api", "simulator");
    private static final Pattern MATRIX_PARAMETERS = Pattern.compile(";[^/]*");

    private final Access access;
    private final List<String> guarded;
    private final Pattern events;

    ApiGuard(Access access, @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String rootPath) {
        String root = rootPath.endsWith("/") ? rootPath : rootPath + "/";
        this.access = access;
        this.guarded = GUARDED.stream().map(root::concat).toList();
        this.events = Pattern.compile(Pattern.quote(root) + "api/streams/[^/]+/events/?");
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, PRIORITY);
    }

    private void guard(RoutingContext context) {
        String path = MATRIX_PARAMETERS.matcher(context.normalizedPath()).replaceAll("");
        if (guarded.stream().noneMatch(root -> path.equals(root) || path.startsWith(root + "/"))) {
            context.next();
            return;
        }
        switch (admit(context.request(), path)) {
            case Admission.Granted granted -> {
                granted.grant().attachTo(context);
                context.next();
            }
            case Admission.Refused refused -> refuse(context, refused.refusal());
        }
    }

    private Admission admit(HttpServerRequest request, String path) {
        Optional<Refusal> foreign = access.checkHost(host(request));
        if (foreign.isPresent()) {
            return new Admission.Refused(foreign.get());
        }
        boolean isRead = request.method() == HttpMethod.GET;
        Optional<String> token =
                BearerToken.of(request.getHeader("Authorization"), isRead ? request.getParam("token") : null);
        if (isRead && events.matcher(path).matches()) {
            // Which stream it is the resource knows best: it compares the grant with the id as it reads it.
            return access.admit(token, Optional.ofNullable(request.getParam("ticket")), Scope.relay());
        }
        return access.admit(token, Optional.empty(), Scope.api());
    }

    /** As it was sent; HTTP/2 has it elsewhere. */
    private static Optional<String> host(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Host"))
                .or(() -> Optional.ofNullable(request.authority()).map(HostAndPort::toString));
    }

    private void refuse(RoutingContext context, Refusal refusal) {
        HttpServerRequest request = context.request();
        access.refused(
                refusal,
                AuditLog.Door.API,
                address(request.remoteAddress()),
                request.method() + " " + context.normalizedPath());
        Response.Status status = refusal.isForbidden() ? Response.Status.FORBIDDEN : Response.Status.UNAUTHORIZED;
        if (status == Response.Status.UNAUTHORIZED) {
            context.response()
                    .putHeader(
                            "WWW-Authenticate",
                            refusal == Refusal.NO_TOKEN ? "Bearer" : "Bearer error=\"invalid_token\"");
        }
        context.response()
                .setStatusCode(status.getStatusCode())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(json(Problem.of(status, refusal.text())));
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
