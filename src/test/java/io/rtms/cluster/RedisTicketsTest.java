package io.rtms.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rtms.RedisServer;
import io.rtms.access.Grant;
import io.rtms.access.TestAccess;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes and a real Redis: a ticket is good once, at either. */
class RedisTicketsTest {
    private static final int MOST = 3;
    private static final Grant ONE = new Grant("one \"stream\"", Set.of("transcript", "speaker"));
    private static final ClusterConfig CONFIG = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(ClusterConfig.class)
            .withDefaultValue("rtms.cluster.timeout", "1S")
            .build()
            .getConfigMapping(ClusterConfig.class);

    private Vertx vertx;
    private RedisServer server;
    private Redis client;
    private RedisStore store;
    private RedisTickets a;
    private RedisTickets b;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        server = new RedisServer();
        client = Redis.createClient(vertx, server.url());
        store = new RedisStore(client, CONFIG);
        a = new RedisTickets(store, TestAccess.heldTickets(MOST), new ObjectMapper());
        b = new RedisTickets(store, TestAccess.heldTickets(MOST), new ObjectMapper());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    private static Optional<Grant> take(RedisTickets node, String fingerprint) {
        return node.take(fingerprint).toCompletableFuture().join();
    }

    private static Instant inAMinute() {
        return Instant.now().plusSeconds(60);
    }

    @Test
    void isGoodOnceAtWhicheverNode() {
        assertTrue(a.keep("x", ONE, inAMinute()));
        assertTrue(a.keep("y", ONE, inAMinute()));
        assertEquals(Optional.of(ONE), take(b, "x"));
        assertEquals(Optional.empty(), take(a, "x"));
        assertEquals(Optional.of(ONE), take(a, "y"));
        assertEquals(Optional.empty(), take(b, "y"));
    }

    @Test
    void isWorthNothingAfterItsTime() throws Exception {
        assertTrue(a.keep("x", ONE, Instant.now().plusMillis(20)));
        Thread.sleep(50);
        assertEquals(Optional.empty(), take(b, "x"));
        long ttl = remaining("y");
        assertTrue(ttl > 59_000 && ttl <= 60_000, "Redis forgets it by itself: " + ttl);
    }

    private long remaining(String fingerprint) {
        assertTrue(a.keep(fingerprint, ONE, inAMinute()));
        return store.call(Command.PTTL, store.keys().once("ticket", fingerprint))
                .toLong();
    }

    @Test
    void neverMoreThanSoManyOfANodeAreOut() {
        for (int i = 0; i < MOST; i++) {
            assertTrue(a.keep("x" + i, ONE, inAMinute()));
        }
        assertFalse(a.keep("one more", ONE, inAMinute()));
        assertEquals(Optional.empty(), take(b, "one more"));
        assertTrue(b.keep("one more", ONE, inAMinute()));
    }

    @Test
    void isGoodAtItsOwnNodeWhileRedisIsAway() throws Exception {
        assertTrue(a.keep("before", ONE, inAMinute()));
        server.stop();
        assertTrue(a.keep("meanwhile", ONE, inAMinute()));
        assertEquals(Optional.empty(), take(a, "before"), "another node may have taken it");
        assertEquals(Optional.empty(), take(b, "meanwhile"));
        assertEquals(Optional.of(ONE), take(a, "meanwhile"));
        assertEquals(Optional.empty(), take(a, "meanwhile"));
        server.start();
    }

    @Test
    void isToldOnTheCallersEventLoop() throws Exception {
        assertTrue(a.keep("x", ONE, inAMinute()));
        CompletableFuture<Boolean> same = new CompletableFuture<>();
        vertx.getOrCreateContext().runOnContext(now -> {
            Thread loop = Thread.currentThread();
            b.take("x").thenAccept(grant -> same.complete(grant.isPresent() && Thread.currentThread() == loop));
        });
        assertTrue(same.get(10, TimeUnit.SECONDS));
    }
}
