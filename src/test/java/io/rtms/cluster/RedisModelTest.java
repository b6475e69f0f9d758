package io.rtms.cluster;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@link RedisModel} does what a real Redis does. */
class RedisModelTest extends RegistryContract {
    private RedisModel redis;

    @Override
    RedisStore store() {
        redis = redis == null ? new RedisModel() : redis;
        RedisModel one = redis;
        return new RedisStore(null, CONFIG) {
            @Override
            CompletableFuture<Response> send(Command command, List<String> arguments) {
                return one.send(command, arguments);
            }
        };
    }
}
