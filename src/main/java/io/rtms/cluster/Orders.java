package io.rtms.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What one node asks another one to do, and the answers: each node has a Redis stream that only it reads, from which it takes both. An order is acted on on
 * a virtual thread of its own.
 */
@Singleton
public class Orders {
    private static final Logger LOG = Logger.getLogger(Orders.class);
    private static final int MOST_WAITING = 10_000;
    private static final int BATCH = 100;
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration KEEP = Duration.ofMinutes(10);

    private final RedisStore redis;
    private final Node node;
    private final ObjectMapper json;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
    private String position = "0-0";

    Orders(RedisStore redis, Node node, ObjectMapper json) {
        this.redis = redis;
        this.node = node;
        this.json = json;
    }

    /** Acts on orders of one kind. */
    public interface Handler {
        /**
         * @param about what it is about
         * @return what the node that asked is told
         * @throws RefusedException where it cannot be done
         */
        JsonNode act(JsonNode about);
    }

    /** An order that is not obeyed. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int status;

        /** @param status as of HTTP */
        public RefusedException(int status, String why) {
            super(why);
            this.status = status;
        }

        /** As of HTTP. */
        public int status() {
            return status;
        }
    }

    private record Answer(int status, String why, JsonNode body) {}

    /** Says who acts on orders of a kind. */
    public void handle(String kind, Handler handler) {
        handlers.put(kind, handler);
    }

    /**
     * Asks a node and waits for its answer.
     *
     * @throws RefusedException where that node refuses, or does not answer (504)
     * @throws RegistryAwayException where Redis is away
     */
    public JsonNode ask(String whom, String kind, JsonNode about) {
        return answer(send(whom, kind, about));
    }

    /** Asks without waiting; {@link #answer} waits. */
    public CompletableFuture<?> send(String whom, String kind, JsonNode about) {
        String id = UUID.randomUUID().toString();
        CompletableFuture<Answer> future = new CompletableFuture<>();
        asked.put(id, future);
        future.whenComplete((answer, failure) -> asked.remove(id));
        future.completeOnTimeout(
                new Answer(504, "Node %s does not answer.".formatted(whom), null),
                PATIENCE.toMillis(),
                TimeUnit.MILLISECONDS);
        ObjectNode order =
                json.createObjectNode().put("id", id).put("from", node.id()).put("kind", kind);
        order.set("about", about);
        try {
            post(whom, order);
        } catch (RegistryAwayException e) {
            asked.remove(id);
            throw e;
        }
        return future;
    }

    /** Waits for the answer to what was sent. */
    public JsonNode answer(CompletableFuture<?> sent) {
        Answer answer = (Answer) sent.join();
        if (answer.status() >= 300) {
            throw new RefusedException(answer.status(), answer.why());
        }
        return answer.body();
    }

    private void post(String whom, ObjectNode message) {
        redis.call(Command.XADD, redis.keys().orders(whom), "MAXLEN", "~", MOST_WAITING, "*", "v", message.toString());
        redis.call(Command.PEXPIRE, redis.keys().orders(whom), KEEP.toMillis());
    }

    /** Takes in what has come, or comes within a while. */
    void receive() {
        Response answer = redis.callBlocking(
                WAIT,
                Command.XREAD,
                "COUNT",
                BATCH,
                "BLOCK",
                WAIT.toMillis(),
                "STREAMS",
                redis.keys().orders(node.id()),
                position);
        if (answer == null) {
            return;
        }
        for (Response entry : GroupStream.entriesOf(answer)) {
            position = entry.get(0).toString();
            redis.call(Command.XDEL, redis.keys().orders(node.id()), position);
            take(entry.get(1).get(1).toString());
        }
    }

    private void take(String text) {
        try {
            JsonNode message = json.readTree(text);
            if (message.has("re")) {
                CompletableFuture<Answer> waiting = asked.get(message.path("re").asText());
                if (waiting != null) {
                    waiting.complete(new Answer(
                            message.path("status").asInt(), message.path("why").asText(), message.path("body")));
                }
            } else {
                Thread.ofVirtual().name("rtms-order").start(() -> act(message));
            }
        } catch (JsonProcessingException e) {
            LOG.warnf("An order that is no JSON is ignored: %s", e.getOriginalMessage());
        }
    }

    private void act(JsonNode message) {
        ObjectNode answer = json.createObjectNode().put("re", message.path("id").asText());
        try {
            Handler handler = handlers.get(message.path("kind").asText());
            if (handler == null) {
                throw new RefusedException(501, "This node knows no such order.");
            }
            answer.put("status", 200).set("body", handler.act(message.path("about")));
        } catch (RefusedException e) {
            answer.put("status", e.status()).put("why", e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Order %s failed", message.path("kind").asText());
            answer.put("status", 500).put("why", "The node that has the stream failed.");
        }
        try {
            post(message.path("from").asText(), answer);
        } catch (RegistryAwayException e) {
            LOG.debug("Redis was away as an order was to be answered");
        }
    }
}
