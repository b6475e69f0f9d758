package io.rtms.cluster;

import io.rtms.stream.StreamRegistry.RegistryAwayException;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Redis, as the nodes use it: commands that wait for their answer, and no longer than {@code rtms.cluster.timeout}. Knows whether Redis can be reached,
 * by what came of the last command that waited. Safe for any thread; what waits, not for an
 * event loop's.
 */
@Singleton
public class RedisStore {
    private static final Logger LOG = Logger.getLogger(RedisStore.class);
    /** Errors by which a server says that it cannot serve now. */
    private static final Set<String> NOT_NOW = Set.of(
            "LOADING", "MASTERDOWN", "READONLY", "CLUSTERDOWN", "TRYAGAIN", "NOREPLICAS", "MISCONF", "OOM", "BUSY");

    private final Redis redis;
    private final Duration timeout;
    private final Keys keys;

    private volatile boolean away;
    /** When it came back, or this process first asked. */
    private volatile long backSince = System.nanoTime();

    RedisStore(Redis redis, ClusterConfig config) {
        this.redis = redis;
        this.timeout = config.timeout();
        this.keys = new Keys(config.prefix());
    }

    /** How keys are named. */
    public Keys keys() {
        return keys;
    }

    /** Whether the last command found no Redis. */
    public boolean isAway() {
        return away;
    }

    /** For how long Redis has been there without a break, as far as this node knows. */
    Duration backFor() {
        return away ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - backSince);
    }

    /**
     * Runs a command.
     *
     * @throws RegistryAwayException where Redis cannot be reached, or cannot serve now
     */
    public Response call(Command command, Object... arguments) {
        return await(send(command, texts(arguments)), timeout);
    }

    /** The same with more patience, for commands that wait by themselves. */
    Response callBlocking(Duration wait, Command command, Object... arguments) {
        return await(send(command, texts(arguments)), timeout.plus(wait));
    }

    /** The same without waiting; fails after as long as {@link #call} would wait. For any thread. */
    CompletableFuture<Response> callAsync(Command command, Object... arguments) {
        return send(command, texts(arguments)).orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a script on keys of one hash tag. */
    public Response eval(Script script, List<String> on, Object... arguments) {
        return await(evalAsync(script, on, arguments), timeout);
    }

    /** The same without waiting; many at once share their way to Redis. */
    CompletableFuture<Response> evalAsync(Script script, List<String> on, Object... arguments) {
        List<String> rest = new ArrayList<>(List.of(Integer.toString(on.size())));
        rest.addAll(on);
        rest.addAll(texts(arguments));
        return send(Command.EVALSHA, with(script.sha(), rest))
                .exceptionallyCompose(failure -> isError(failure, "NOSCRIPT")
                        ? send(Command.EVAL, with(script.source(), rest))
                        : CompletableFuture.failedFuture(failure));
    }

    private static List<String> with(String first, List<String> rest) {
        List<String> all = new ArrayList<>(rest.size() + 1);
        all.add(first);
        all.addAll(rest);
        return all;
    }

    /** What came of one that did not wait, once it is there. */
    Response await(CompletableFuture<Response> answer) {
        return await(answer, timeout);
    }

    private static List<String> texts(Object... arguments) {
        return Stream.of(arguments).map(String::valueOf).toList();
    }

    /** Where it leaves for Redis. */
    CompletableFuture<Response> send(Command command, List<String> arguments) {
        Request request = Request.cmd(command);
        arguments.forEach(request::arg);
        return redis.send(request).toCompletionStage().toCompletableFuture();
    }

    private Response await(CompletableFuture<Response> answer, Duration patience) {
        try {
            Response response = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            reached();
            return response;
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryAwayException("interrupted while Redis was asked", e);
        }
    }

    private RuntimeException failed(Throwable cause) {
        if (isAnswer(cause) && NOT_NOW.stream().noneMatch(code -> isError(cause, code))) {
            reached();
            return new IllegalStateException("Redis refuses: " + cause.getMessage(), cause);
        }
        if (!away) {
            away = true;
            LOG.warnf("Redis cannot be reached: %s", why(cause));
        }
        return new RegistryAwayException("Redis cannot be reached: " + why(cause), cause);
    }

    private void reached() {
        if (away) {
            backSince = System.nanoTime();
            away = false;
            LOG.info("Redis is back");
        }
    }

    private static String why(Throwable cause) {
        return cause instanceof TimeoutException ? "no answer in time" : String.valueOf(cause.getMessage());
    }

    /** Whether it is an error that the server sent, as against a connection that failed: those begin with a code in capitals. */
    private static boolean isAnswer(Throwable cause) {
        String message = cause.getMessage();
        String code = message == null ? "" : message.split(" ", 2)[0];
        return code.length() > 2
                && code.equals(code.toUpperCase(Locale.ROOT))
                && code.chars().allMatch(Character::isLetter);
    }

    static boolean isError(Throwable failure, String code) {
        Throwable cause = failure instanceof CompletionException || failure instanceof IllegalStateException
                ? failure.getCause()
                : failure;
        return cause != null && cause.getMessage() != null && cause.getMessage().startsWith(code);
    }
}
