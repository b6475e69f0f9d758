package io.rtms.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rtms.http.OwnPaths;
import io.rtms.http.RequestPath;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Guards the resources of this service that ask for a token, see {@link OwnPaths#guarded}, in front of the routes; {@link GrantedOnly} stands behind
 * them. Runs on event loops and does not block. The page, static files, webhooks (which are signed), {@code /q/*} and what is a program's own pass.
 */
@Singleton
class ApiGuard {
    /** Before every other filter that answers. */
    private static final int PRIORITY = 1000;

    private final Access access;
    private final ApiDoor door;
    private final List<String> guarded;
    private final Pattern events;

    ApiGuard(Access access, ApiDoor door, OwnPaths paths) {
        this.access = access;
        this.door = door;
        this.guarded = paths.guarded();
        this.events = Pattern.compile(Pattern.quote(paths.root()) + "api/streams/[^/]+/events/?");
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, PRIORITY);
    }

    private void guard(RoutingContext context) {
        Optional<RequestPath> path = RequestPath.of(context.normalizedPath());
        if (path.isEmpty()) {
            door.turnAway(context, Refusal.UNCLEAR_PATH);
        } else if (!path.get().mayBeBelow(guarded)) {
            context.next();
        } else {
            CompletableFuture<Admission> admission =
                    admit(context.request(), path.get()).toCompletableFuture();
            if (admission.isDone()) {
                pass(context, admission.join());
            } else { // nothing may come of it before there is somebody to read it
                context.request().pause();
                admission.thenAccept(told -> {
                    context.request().resume();
                    pass(context, told);
                });
            }
        }
    }

    private void pass(RoutingContext context, Admission admission) {
        switch (admission) {
            case Admission.Granted granted -> {
                granted.grant().attachTo(context);
                context.next();
            }
            case Admission.Refused refused -> door.turnAway(context, refused.refusal());
        }
    }

    /** An unclear path is told from a clear one only to those who may come in. */
    private CompletionStage<Admission> admit(HttpServerRequest request, RequestPath path) {
        Optional<Refusal> foreign = access.checkOrigin(Optional.ofNullable(request.getHeader("Origin")), host(request));
        if (foreign.isPresent()) {
            return CompletableFuture.completedFuture(new Admission.Refused(foreign.get()));
        }
        boolean isPlain = path.isPlainlyBelow(guarded);
        boolean isRead = request.method() == HttpMethod.GET;
        Optional<String> token =
                BearerToken.of(request.getHeader("Authorization"), isRead ? request.getParam("token") : null);
        if (isPlain && isRead && events.matcher(path.normalized()).matches()) {
            // Which stream it is the resource knows best: it compares the grant with the id as it reads it.
            return access.admit(token, Optional.ofNullable(request.getParam("ticket")), Scope.relay());
        }
        return access.admit(token, Optional.empty(), Scope.api())
                .thenApply(admission -> isPlain || admission instanceof Admission.Refused
                        ? admission
                        : new Admission.Refused(Refusal.UNCLEAR_PATH));
    }

    /** As it was sent; HTTP/2 has it elsewhere. */
    private static Optional<String> host(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Host"))
                .or(() -> Optional.ofNullable(request.authority()).map(HostAndPort::toString));
    }
}
