package io.rtms.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.RedisServer;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real Redis. */
class RedisRegistryTest extends RegistryContract {
    private static Vertx vertx;
    private static RedisServer server;
    private static Redis client;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        server = new RedisServer();
        client = Redis.createClient(vertx, server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Override
    RedisStore store() {
        return new RedisStore(client, CONFIG);
    }

    @Test
    void aRedisThatIsNotThereIsSaidInWords() throws Exception {
        Redis nowhere = Redis.createClient(vertx, "redis://127.0.0.1:1");
        RedisStore store = new RedisStore(nowhere, CONFIG);
        RegistryAwayException away = assertThrows(RegistryAwayException.class, () -> store.call(Command.PING));
        assertTrue(away.getMessage().startsWith("Redis cannot be reached: "), away.getMessage());
        assertTrue(store.isAway());
        assertEquals(Duration.ZERO, store.backFor());
        nowhere.close();
        a.store.call(Command.SET, "x", "y");
        assertThrows(IllegalStateException.class, () -> a.store.call(Command.INCR, "x"), "a mistake is no absence");
        assertFalse(a.store.isAway());
    }
}
