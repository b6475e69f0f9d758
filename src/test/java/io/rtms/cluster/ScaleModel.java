package io.rtms.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rtms.StoppingException;
import io.rtms.event.Cause;
import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import io.rtms.media.MediaType;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.Lease;
import io.rtms.stream.StreamRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Many nodes in one process, with the service's own code for placing, leases and lost nodes, on {@link RedisModel}; in real time. What is not
 * there: Zoom, media, transcripts, and the network to Redis.
 */
final class ScaleModel implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final RedisModel redis = new RedisModel();
    private final ClusterConfig config;
    private final NodeConfig nodeConfig;
    private final List<ModelNode> nodes = new ArrayList<>();
    private final Map<String, Holder> holders = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> doubled = new ConcurrentLinkedQueue<>();
    private volatile boolean away;

    /** Who has a stream, since when. */
    private record Holder(ModelNode node, Lease lease, long sinceNanos) {}

    ScaleModel(Map<String, String> configuration) {
        this.config = mapping(configuration, ClusterConfig.class);
        this.nodeConfig = mapping(configuration, NodeConfig.class);
    }

    private static <T> T mapping(Map<String, String> configuration, Class<T> type) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(configuration, "given", 300))
                .withMapping(type)
                .withMappingIgnore("*")
                .withMappingIgnore("rtms.**")
                .build()
                .getConfigMapping(type);
    }

    /** A way to the one Redis. */
    private final class Store extends RedisStore {
        Store() {
            super(null, config);
        }

        @Override
        CompletableFuture<Response> send(Command command, List<String> arguments) {
            return away ? gone() : redis.send(command, arguments).thenCompose(answer -> away ? gone() : done(answer));
        }

        /** Those that waited for an answer too. */
        private static CompletableFuture<Response> gone() {
            return CompletableFuture.failedFuture(new IOException("Connection refused"));
        }

        private static CompletableFuture<Response> done(Response answer) {
            return CompletableFuture.completedFuture(answer);
        }
    }

    /** One node. */
    final class ModelNode implements Joiner {
        private final RedisRegistry registry;
        private final NodeWork.Parts parts;
        private final WebhookQueue webhooks;
        private NodeWork work;
        private volatile boolean stopping;

        private ModelNode(String name) {
            Store store = new Store();
            Node node = new Node(name);
            JoinQueue joins = new JoinQueue(store, node, config);
            registry = new RedisRegistry(store, node, joins, config);
            JoinPuller puller = new JoinPuller(joins, registry, store, this, nodeConfig, config);
            ObjectMapper json = new ObjectMapper();
            Nodes all = new Nodes(store, node, puller, joins, this, json, nodeConfig, config);
            Orders orders = new Orders(store, node, json);
            Reconciler reconciler = new Reconciler(store, node, joins, registry, config);
            webhooks = new WebhookQueue(store, node, config);
            parts = new NodeWork.Parts(store, node, registry, all, puller, joins, orders, reconciler);
        }

        void start() {
            work = new NodeWork(parts, config);
            work.add("webhooks", () -> webhooks.next((entry, again, done) -> done.run()));
            work.start();
        }

        @Override
        public boolean isStopping() {
            return stopping;
        }

        @Override
        public Set<MediaType> requestedMedia() {
            return Set.of(MediaType.AUDIO, MediaType.TRANSCRIPT);
        }

        @Override
        public boolean join(JoinRequest request) {
            if (stopping) {
                throw new StoppingException();
            }
            String id = request.stream().streamId();
            Lease lease = registry.take(request, StreamRegistry.Restore.BY_ANYBODY, cause -> {});
            Holder before = holders.put(id, new Holder(this, lease, System.nanoTime()));
            if (before != null && before.lease().mayConnect()) {
                doubled.add(id);
            }
            return true;
        }

        int streams() {
            return registry.held().size();
        }

        /** Without a word. */
        void kill() {
            work.end(Duration.ZERO);
        }

        /** Gives away what it has. */
        void drain() {
            stopping = true;
            List.copyOf(registry.held()).forEach(RedisLease::handOver);
            work.stop();
        }

        /** Ends its work as a machine does that is put to sleep, and goes on with it later. */
        void sleep(Duration time) throws InterruptedException {
            kill();
            Thread.sleep(time);
            start();
        }

        private boolean has(String streamId) {
            return registry.token(streamId).isPresent();
        }
    }

    /** What came of it. */
    record Times(int count, long p50Ms, long p99Ms, long mostMs) {
        @Override
        public String toString() {
            return "%d streams, p50 %,d ms, p99 %,d ms, most %,d ms".formatted(count, p50Ms, p99Ms, mostMs);
        }
    }

    /** Those that are alive. */
    List<ModelNode> nodes() {
        return nodes;
    }

    List<ModelNode> start(int count) {
        List<ModelNode> started = IntStream.range(0, count)
                .mapToObj(i -> new ModelNode("n" + (nodes.size() + i)))
                .toList();
        started.forEach(ModelNode::start);
        nodes.addAll(started);
        return started;
    }

    /** Has so many streams begin at once, at any node; returns when all have one. */
    Times place(int count) throws InterruptedException {
        long begun = System.nanoTime();
        List<Thread> feeders = IntStream.range(0, 2)
                .mapToObj(part -> Thread.ofVirtual().start(() -> {
                    for (int i = part; i < count; i += 2) {
                        nodes.get(i % nodes.size()).registry.want(request("s" + i));
                    }
                }))
                .toList();
        for (Thread feeder : feeders) {
            feeder.join();
        }
        await(() -> holders.size() >= count);
        return since(begun, List.copyOf(holders.values()));
    }

    private static JoinRequest request(String streamId) {
        return JoinRequest.builder().stream(new StreamRef(streamId, Product.MEETING, "OJz1W/CHlplukM/fh2+W9w=="))
                .serverUrls("wss://zoomdev1234567890rtms.zoom.us:443")
                .build();
    }

    /** Until those that these nodes had are with others. */
    Times takeOver(List<ModelNode> gone, Act end) throws InterruptedException {
        List<String> theirs = holders.entrySet().stream()
                .filter(entry -> gone.contains(entry.getValue().node()))
                .map(Map.Entry::getKey)
                .toList();
        long begun = System.nanoTime();
        end.run();
        nodes.removeAll(gone);
        await(() ->
                theirs.stream().noneMatch(id -> gone.contains(holders.get(id).node())));
        return since(begun, theirs.stream().map(holders::get).toList());
    }

    /** What a test does. */
    interface Act {
        void run() throws InterruptedException;
    }

    private static Times since(long begun, List<Holder> taken) {
        long[] ms = taken.stream()
                .mapToLong(holder -> (holder.sinceNanos() - begun) / 1_000_000)
                .sorted()
                .toArray();
        return ms.length == 0
                ? new Times(0, 0, 0, 0)
                : new Times(ms.length, ms[ms.length / 2], ms[(int) (ms.length * 0.99)], ms[ms.length - 1]);
    }

    /** For so long nobody reaches Redis. */
    void away(Duration time) throws InterruptedException {
        away = true;
        Thread.sleep(time);
        away = false;
    }

    /** Commands each second, by name, over so long a time. */
    Map<String, Long> load(Duration time) throws InterruptedException {
        Map<String, Long> before = redis.counts();
        Thread.sleep(time);
        Map<String, Long> after = redis.counts();
        after.replaceAll((name, count) -> (count - before.getOrDefault(name, 0L)) * 1000 / time.toMillis());
        after.values().removeIf(count -> count == 0);
        return after;
    }

    /** How many streams each node has, the fewest first. */
    int[] balance() {
        return nodes.stream().mapToInt(ModelNode::streams).sorted().toArray();
    }

    /** Streams that a node took while another one could still have dialled for them. */
    List<String> doubled() {
        return List.copyOf(doubled);
    }

    /** Streams that no node has, or more than one. */
    List<String> astray() {
        return holders.keySet().stream()
                .filter(id -> nodes.stream().filter(node -> node.has(id)).count() != 1)
                .toList();
    }

    /** Who has each stream. */
    Map<String, ModelNode> owners() {
        Map<String, ModelNode> owners = new ConcurrentHashMap<>();
        holders.forEach((id, holder) -> owners.put(id, holder.node()));
        return owners;
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("it does not come to that");
            }
            Thread.sleep(100);
        }
    }

    /** Ends the meetings, then the nodes. */
    @Override
    public void close() {
        for (ModelNode node : nodes) {
            node.kill();
        }
        holders.values().forEach(holder -> holder.lease().end(Cause.NONE));
    }
}
