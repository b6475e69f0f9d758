package io.rtms.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.access.Grant;
import io.rtms.access.HeldTickets;
import io.rtms.access.TicketStore;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Tickets that every node takes, each good once. One that is made while Redis is away is good at its own node alone; one that Redis has is good nowhere
 * while it is away. {@code rtms.access.tickets.most} is for each node: of those that it has made and that are used up elsewhere, it knows when they are
 * too old.
 */
@Singleton
@Typed(RedisTickets.class)
class RedisTickets implements TicketStore {
    private static final Logger LOG = Logger.getLogger(RedisTickets.class);
    private static final String STREAM = "stream";
    private static final String KINDS = "kinds";

    private final RedisStore redis;
    private final HeldTickets held;
    private final ObjectMapper json;

    RedisTickets(RedisStore redis, HeldTickets held, ObjectMapper json) {
        this.redis = redis;
        this.held = held;
        this.json = json;
    }

    @Override
    public boolean keep(String fingerprint, Grant grant, Instant expires) {
        if (!held.count(fingerprint, expires)) {
            return false;
        }
        long ttl = Math.max(1, Duration.between(Instant.now(), expires).toMillis());
        try {
            redis.call(Command.SET, key(fingerprint), write(grant), "PX", ttl);
            return true;
        } catch (RegistryAwayException e) {
            LOG.debug("Redis was away as a ticket was made: it is good at this node only");
            return held.keep(fingerprint, grant, expires);
        }
    }

    @Override
    public CompletionStage<Optional<Grant>> take(String fingerprint) {
        Optional<Grant> own = held.remove(fingerprint);
        if (own.isPresent() || redis.isAway()) {
            return CompletableFuture.completedFuture(own);
        }
        Context caller = Vertx.currentContext();
        CompletableFuture<Optional<Grant>> answer = redis.callAsync(Command.GETDEL, key(fingerprint))
                .thenApply(this::read)
                .exceptionally(failure -> {
                    LOG.debugf("A ticket could not be looked for: %s", failure.getMessage());
                    return Optional.empty();
                });
        return caller == null || answer.isDone()
                ? answer
                : answer.thenApplyAsync(grant -> grant, told -> caller.runOnContext(now -> told.run()));
    }

    private String key(String fingerprint) {
        return redis.keys().once("ticket", fingerprint);
    }

    private String write(Grant grant) {
        ObjectNode node = json.createObjectNode().put(STREAM, grant.streamId());
        ArrayNode kinds = node.putArray(KINDS);
        grant.kinds().forEach(kinds::add);
        return node.toString();
    }

    private Optional<Grant> read(Response answer) {
        if (answer == null) {
            return Optional.empty();
        }
        try {
            JsonNode node = json.readTree(answer.toString());
            Set<String> kinds = new HashSet<>();
            node.path(KINDS).forEach(kind -> kinds.add(kind.asText()));
            return Optional.of(new Grant(node.path(STREAM).asText(), kinds));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a ticket is kept in another form", e);
        }
    }
}
