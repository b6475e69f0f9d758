package io.rtms.cluster;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import io.vertx.redis.client.impl.types.SimpleStringType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Redis in this process' memory, as far as nodes use it for streams, leases and queues: one command at a time, scripts run as they are, by a Lua
 * interpreter. {@link RegistryContract} holds for it as for a real one. Any thread.
 *
 * <p>An answer is null, a long, a text, {@code true} for OK, or a list of these.
 */
final class RedisModel {
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Long> expiry = new HashMap<>();
    private final Map<String, Deque<Waiting>> waiting = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Function<List<String>, Object>> commands = new HashMap<>();
    private final LuaScripts scripts = new LuaScripts(this::execute);

    RedisModel() {
        commands.put("EVAL", scripts::eval);
        commands.put("EVALSHA", scripts::evalSha);
        commands.put("TIME", a -> time());
        commands.put("PUBLISH", a -> 0L);
        commands.put("FLUSHALL", a -> flush());
        keys();
        hashes();
        sets();
        logs();
    }

    /** What Redis says of a mistake. */
    static final class ErrorAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;

        ErrorAnswer(String message) {
            super(message);
        }
    }

    /** Who waits for an entry. */
    private record Waiting(String command, List<String> arguments, CompletableFuture<Response> answer) {}

    /** How often each command was sent, by its name; what scripts do is not counted. */
    synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** Runs a command as Redis does. */
    synchronized CompletableFuture<Response> send(Command command, List<String> arguments) {
        String name = command.toString().toUpperCase();
        counts.merge(name, 1L, Long::sum);
        try {
            Object answer = execute(name, arguments);
            return answer == null && arguments.contains("BLOCK")
                    ? waitFor(name, arguments)
                    : CompletableFuture.completedFuture(response(answer));
        } catch (ErrorAnswer e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Response> waitFor(String command, List<String> arguments) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        String key = arguments.get(arguments.indexOf("STREAMS") + 1);
        waiting.computeIfAbsent(key, one -> new ArrayDeque<>()).add(new Waiting(command, arguments, answer));
        return answer.completeOnTimeout(
                null, Long.parseLong(arguments.get(arguments.indexOf("BLOCK") + 1)), TimeUnit.MILLISECONDS);
    }

    /** Who has waited longest gets it. */
    private void wake(String key) {
        Deque<Waiting> all = waiting.getOrDefault(key, new ArrayDeque<>());
        while (!all.isEmpty()) {
            if (all.getFirst().answer().isDone()) {
                all.removeFirst();
                continue;
            }
            Object answer = execute(all.getFirst().command(), all.getFirst().arguments());
            if (answer == null) {
                return;
            }
            // Who has just given up leaves it to be claimed, as with the real one.
            all.removeFirst().answer().complete(response(answer));
        }
    }

    private static Response response(Object answer) {
        return switch (answer) {
            case null -> null;
            case Long number -> NumberType.create(number);
            case Boolean ok -> SimpleStringType.OK;
            case List<?> list -> {
                MultiType multi = MultiType.create(list.size(), false);
                list.forEach(one -> multi.add(response(one)));
                yield multi;
            }
            default -> BulkType.create(Buffer.buffer(answer.toString()), false);
        };
    }

    private synchronized Object execute(String name, List<String> arguments) {
        Function<List<String>, Object> command = commands.get(name);
        if (command == null) {
            throw new ErrorAnswer("ERR unknown command " + name);
        }
        return command.apply(arguments);
    }

    private static List<Object> time() {
        long now = System.currentTimeMillis();
        return List.of(Long.toString(now / 1000), Long.toString(now % 1000 * 1000));
    }

    private Object flush() {
        values.clear();
        expiry.clear();
        return true;
    }

    private Object find(String key) {
        Long until = expiry.get(key);
        if (until != null && until - System.nanoTime() <= 0) {
            remove(key);
        }
        return values.get(key);
    }

    private boolean remove(String key) {
        expiry.remove(key);
        return values.remove(key) != null;
    }

    private void expire(String key, String ms) {
        expiry.put(key, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(ms)));
    }

    @SuppressWarnings("unchecked")
    private <T> T value(String key, Supplier<T> fresh) {
        Object found = find(key);
        if (found == null) {
            found = fresh.get();
            values.put(key, found);
        }
        return (T) found;
    }

    private Map<String, String> hash(String key) {
        return value(key, LinkedHashMap<String, String>::new);
    }

    private Set<String> set(String key) {
        return value(key, LinkedHashSet<String>::new);
    }

    private ModelLog log(String key) {
        return value(key, ModelLog::new);
    }

    /** Empty ones are none. */
    private long tidy(String key, long answer) {
        Object found = values.get(key);
        if (found instanceof Map<?, ?> map && map.isEmpty() || found instanceof Set<?> set && set.isEmpty()) {
            remove(key);
        }
        return answer;
    }

    private void keys() {
        commands.put("GET", a -> find(a.getFirst()));
        commands.put(
                "DEL",
                a -> a.stream().filter(key -> find(key) != null && remove(key)).count());
        commands.put("EXISTS", a -> a.stream().filter(key -> find(key) != null).count());
        commands.put("PEXPIRE", a -> {
            if (find(a.getFirst()) == null) {
                return 0L;
            }
            expire(a.getFirst(), a.get(1));
            return 1L;
        });
        commands.put("SET", a -> {
            String key = a.getFirst();
            if (a.contains("NX") && find(key) != null) {
                return null;
            }
            remove(key);
            values.put(key, a.get(1));
            if (a.contains("PX")) {
                expire(key, a.get(a.indexOf("PX") + 1));
            }
            return true;
        });
    }

    private void hashes() {
        commands.put(
                "HGET",
                a -> find(a.getFirst()) == null ? null : hash(a.getFirst()).get(a.get(1)));
        commands.put(
                "HEXISTS", a -> find(a.getFirst()) != null && hash(a.getFirst()).containsKey(a.get(1)) ? 1L : 0L);
        commands.put("HMGET", a -> {
            Map<String, String> hash = find(a.getFirst()) == null ? Map.of() : hash(a.getFirst());
            List<Object> found = new ArrayList<>();
            a.subList(1, a.size()).forEach(field -> found.add(hash.get(field)));
            return found;
        });
        commands.put("HSET", a -> {
            long added = 0;
            for (int i = 1; i + 1 < a.size(); i += 2) {
                added += hash(a.getFirst()).put(a.get(i), a.get(i + 1)) == null ? 1 : 0;
            }
            return added;
        });
        commands.put("HSETNX", a -> hash(a.getFirst()).putIfAbsent(a.get(1), a.get(2)) == null ? 1L : 0L);
        commands.put("HDEL", a -> {
            long gone = find(a.getFirst()) != null && hash(a.getFirst()).remove(a.get(1)) != null ? 1 : 0;
            return tidy(a.getFirst(), gone);
        });
    }

    private void sets() {
        commands.put(
                "SADD", a -> a.stream().skip(1).filter(set(a.getFirst())::add).count());
        commands.put("SREM", a -> {
            long gone = a.stream()
                    .skip(1)
                    .filter(one ->
                            find(a.getFirst()) != null && set(a.getFirst()).remove(one))
                    .count();
            return tidy(a.getFirst(), gone);
        });
        commands.put("SMEMBERS", a -> find(a.getFirst()) == null ? List.of() : List.copyOf(set(a.getFirst())));
        commands.put("SSCAN", a -> List.of("0", execute("SMEMBERS", a)));
    }

    private void logs() {
        commands.put("XADD", a -> {
            String id = log(a.getFirst()).add(a);
            wake(a.getFirst());
            return id;
        });
        commands.put(
                "XLEN", a -> find(a.getFirst()) == null ? 0L : log(a.getFirst()).size());
        commands.put(
                "XDEL", a -> find(a.getFirst()) == null ? 0L : log(a.getFirst()).delete(a.get(1)));
        commands.put(
                "XRANGE",
                a -> find(a.getFirst()) == null
                        ? List.of()
                        : log(a.getFirst()).range(a.get(1), a.get(2), false, count(a)));
        commands.put(
                "XREVRANGE",
                a -> find(a.getFirst()) == null
                        ? List.of()
                        : log(a.getFirst()).range(a.get(2), a.get(1), true, count(a)));
        commands.put("XGROUP", a -> log(a.get(1)).create(a.get(2)));
        commands.put("XACK", a -> log(a.getFirst()).group(a.get(1)).acknowledge(a.get(2)));
        commands.put("XREADGROUP", a -> {
            String key = a.get(a.indexOf("STREAMS") + 1);
            return named(key, log(key).read(a.get(1), a.get(2), count(a)));
        });
        commands.put("XREAD", a -> {
            String key = a.get(a.indexOf("STREAMS") + 1);
            return find(key) == null ? null : named(key, log(key).after(a.getLast(), count(a)));
        });
        commands.put(
                "XAUTOCLAIM", a -> log(a.getFirst()).claim(a.get(1), a.get(2), Long.parseLong(a.get(3)), count(a)));
    }

    private static Object named(String key, List<Object> entries) {
        return entries.isEmpty() ? null : List.of(List.of(key, entries));
    }

    private static int count(List<String> arguments) {
        int at = arguments.indexOf("COUNT");
        return at < 0 ? Integer.MAX_VALUE : Integer.parseInt(arguments.get(at + 1));
    }
}
