package io.rtms.access;

import io.rtms.http.OwnAnswers;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Stands behind the matching of paths, where it is certain which resource a request has come to: each of ours is for those whom
 * {@link ApiGuard} let in, unless it is an {@link OpenDoor}. So neither a path that the guard reads in another way nor a resource that it was
 * not told about opens anything. Resources of programs are their own affair.
 */
public class GrantedOnly {
    private final ApiDoor door;

    GrantedOnly(ApiDoor door) {
        this.door = door;
    }

    /** Null where the request may go on. */
    @ServerRequestFilter
    public Response check(SimpleResourceInfo resource, RoutingContext request) {
        Class<?> type = resource.getResourceClass();
        boolean isGuarded = OwnAnswers.isOwn(type) && !OpenDoor.class.isAssignableFrom(type);
        return isGuarded && !Grant.isAttachedTo(request) ? door.answer(request, Refusal.NO_TOKEN) : null;
    }
}
