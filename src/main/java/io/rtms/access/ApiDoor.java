package io.rtms.access;

import io.rtms.http.PathLabel;
import io.rtms.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Turns requests away in the form of RFC 9457, and has each written down and counted. Safe for any thread, never blocks. */
@Singleton
class ApiDoor {
    private final Access access;

    ApiDoor(Access access) {
        this.access = access;
    }

    /** Answers a request that no resource is to see. */
    void turnAway(RoutingContext context, Refusal refusal) {
        note(context, refusal);
        if (refusal.status() == Response.Status.UNAUTHORIZED) {
            context.response().putHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(refusal));
        }
        PathLabel.hide(context);
        problem(refusal).sendTo(context.response());
    }

    /** The same answer for a request that has come to a resource already. */
    Response answer(RoutingContext context, Refusal refusal) {
        note(context, refusal);
        return Response.fromResponse(problem(refusal).toResponse())
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge(refusal))
                .build();
    }

    private void note(RoutingContext context, Refusal refusal) {
        HttpServerRequest request = context.request();
        String who = request.remoteAddress() == null
                ? "unknown"
                : request.remoteAddress().toString();
        access.refused(refusal, AuditLog.Door.API, who, request.method() + " " + context.normalizedPath());
    }

    private static Problem problem(Refusal refusal) {
        return Problem.of(refusal.status(), refusal.text());
    }

    private static String challenge(Refusal refusal) {
        return refusal == Refusal.NO_TOKEN ? "Bearer" : "Bearer error=\"invalid_token\"";
    }
}
