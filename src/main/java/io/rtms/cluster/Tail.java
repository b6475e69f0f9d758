package io.rtms.cluster;

import io.rtms.cluster.SharedTranscripts.Entry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What other nodes write, as they write it: one connection that is subscribed to the channels of all transcripts that are followed here. Messages may be lost
 * with a connection; whoever follows looks into the transcript itself from time to time. Listeners are called on an event loop and must not wait.
 */
@Singleton
public class Tail {
    private static final Logger LOG = Logger.getLogger(Tail.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Redis redis;
    private final Keys keys;
    private final Map<String, Consumer<Message>> followed = new ConcurrentHashMap<>();
    private volatile Consumer<String> begun = streamId -> {};
    private volatile RedisConnection connection;

    Tail(Redis redis, RedisStore store) {
        this.redis = redis;
        this.keys = store.keys();
    }

    /**
     * What was written.
     *
     * @param isRevocation whether it is what is left of a transcript that was deleted
     */
    public record Message(Entry entry, boolean isRevocation) {}

    /** Who is told of transcripts that begin. */
    public void onBegun(Consumer<String> listener) {
        begun = listener;
    }

    /** Tells this listener what is written to a transcript from now on. */
    public void follow(String streamId, Consumer<Message> listener) {
        followed.put(keys.tail(streamId), listener);
        send(Command.SUBSCRIBE, keys.tail(streamId));
    }

    /** Tells of it no more. */
    public void unfollow(String streamId) {
        followed.remove(keys.tail(streamId));
        send(Command.UNSUBSCRIBE, keys.tail(streamId));
    }

    /** Connects where there is no connection; true where there was none. */
    public boolean keepConnected() throws InterruptedException {
        if (connection != null) {
            return false;
        }
        try {
            RedisConnection fresh = redis.connect()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            fresh.handler(this::take);
            fresh.endHandler(end -> connection = null);
            fresh.exceptionHandler(failure -> connection = null);
            connection = fresh;
            send(Command.SUBSCRIBE, keys.begun());
            followed.keySet().forEach(channel -> send(Command.SUBSCRIBE, channel));
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("No connection to follow transcripts: %s", e.getMessage());
            return false;
        }
    }

    /** An answer comes as a message. */
    private void send(Command command, String channel) {
        RedisConnection current = connection;
        if (current != null) {
            current.send(Request.cmd(command).arg(channel)).onFailure(failure -> {
                LOG.debugf("The connection that follows transcripts failed: %s", failure.getMessage());
                connection = null;
                current.close();
            });
        }
    }

    private void take(Response message) {
        if (message == null
                || message.size() < 3
                || !"message".equals(message.get(0).toString())) {
            return;
        }
        String channel = message.get(1).toString();
        String text = message.get(2).toString();
        if (channel.equals(keys.begun())) {
            begun.accept(text);
            return;
        }
        Consumer<Message> listener = followed.get(channel);
        if (listener != null) {
            boolean isRevocation = text.startsWith("!");
            String[] parts = text.substring(isRevocation ? 1 : 0).split(" ", 3);
            listener.accept(new Message(new Entry(Long.parseLong(parts[0]), parts[1], parts[2]), isRevocation));
        }
    }

    /** For the last time. */
    void close() {
        RedisConnection current = connection;
        if (current != null) {
            current.close();
        }
    }
}
