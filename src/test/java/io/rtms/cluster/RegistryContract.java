package io.rtms.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.cluster.RedisRegistry.Taken;
import io.rtms.cluster.SharedTranscripts.Entry;
import io.rtms.cluster.SharedTranscripts.Written;
import io.rtms.event.Cause;
import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.Lease;
import io.rtms.stream.StreamRegistry.HeldElsewhereException;
import io.rtms.stream.StreamRegistry.Restore;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes and a Redis: who has a stream, and who may write its transcript. */
abstract class RegistryContract {
    private static final Duration KEEP = Duration.ofHours(1);
    static final ClusterConfig CONFIG = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(ClusterConfig.class)
            .withDefaultValue("rtms.cluster.lease", "1S")
            .build()
            .getConfigMapping(ClusterConfig.class);

    final One a = new One("a", store());
    private final One b = new One("b", store());
    private final List<Cause> lost = new CopyOnWriteArrayList<>();

    /** A node's parts. */
    static final class One {
        final RedisStore store;
        private final Node node;
        private final JoinQueue joins;
        private final RedisRegistry registry;
        private final SharedTranscripts transcripts;

        One(String name, RedisStore store) {
            this.store = store;
            node = new Node(name);
            joins = new JoinQueue(store, node, CONFIG);
            registry = new RedisRegistry(store, node, joins, CONFIG);
            transcripts = new SharedTranscripts(store, registry);
        }

        void beats() {
            store.call(Command.SET, store.keys().alive(node.id()), "{}", "PX", 1000);
        }

        List<String> queue() {
            List<String> waiting = new ArrayList<>();
            joins.next(1, Duration.ofMillis(1)); // makes the group
            for (GroupStream.Entry entry : joins.next(10, Duration.ofMillis(50))) {
                waiting.add(entry.value());
                joins.done(entry);
            }
            return waiting;
        }
    }

    /** A node's way to the Redis that all have. */
    abstract RedisStore store();

    @BeforeEach
    void empty() {
        a.store.call(Command.FLUSHALL);
        a.beats();
        b.beats();
    }

    private static JoinRequest request(String streamId) {
        return JoinRequest.builder().stream(new StreamRef(streamId, Product.MEETING, "m"))
                .serverUrls("wss://rtms.zoom.us")
                .build();
    }

    @Test
    void oneNodeHasAStreamAtATime() {
        Lease lease = a.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        assertTrue(lease.mayConnect());
        assertThrows(HeldElsewhereException.class, () -> b.registry.take(request("s"), Restore.BY_ANYBODY, lost::add));
        assertEquals(Optional.of(a.node.id()), b.registry.holder("s"));
        lease.end(Cause.NONE);
        assertEquals(Optional.empty(), b.registry.holder("s"));
        assertTrue(b.registry.take(request("s"), Restore.BY_ANYBODY, lost::add).mayConnect());
    }

    @Test
    void whatIsHandedOverWaitsForANodeAndWhatHasEndedForNobody() {
        a.registry.take(request("s"), Restore.BY_ANYBODY, lost::add).handOver();
        assertEquals(List.of("s"), b.queue());
        Taken.Ours taken = assertInstanceOf(Taken.Ours.class, b.registry.takeUp("s", false));
        assertTrue(taken.hadHolder());
        b.registry.take(request("s"), Restore.BY_ANYBODY, lost::add).end(Cause.NONE);
        assertEquals(List.of(), a.queue());
        assertEquals(new Taken.NotNow(false), a.registry.takeUp("s", false));
    }

    @Test
    void whatAProgramJoinsByItselfIsNobodyElsesToJoinAgain() {
        a.registry.take(request("s"), Restore.BY_NOBODY, lost::add).handOver();
        assertEquals(List.of(), b.queue());
    }

    @Test
    void aLeaseThatIsNotRenewedIsOverAndItsFenceGrows() {
        Lease first = a.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        long fence = fence(a);
        await().atMost(Duration.ofSeconds(3)).until(() -> b.registry.takeUp("s", false) instanceof Taken.Ours);
        assertFalse(first.mayConnect(), "it was over here before it was over in Redis");
        assertFalse(first.mayDeliver(), "until Redis has said who has it");
        b.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        assertTrue(fence(b) > fence);
        a.registry.renew();
        assertTrue(first.isLost());
        assertEquals(1, lost.size());
        first.handOver();
        assertEquals(Optional.of(b.node.id()), a.registry.holder("s"), "what was lost cannot be given");
    }

    private static long fence(One one) {
        return Long.parseLong(Node.fenceOf(one.registry.token("s").orElseThrow()));
    }

    @Test
    void renewedLeasesLast() {
        Lease lease = a.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        long until = System.nanoTime() + Duration.ofMillis(1500).toNanos();
        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            a.registry.renew();
            b.beats();
            a.beats();
            assertTrue(lease.mayConnect());
            assertInstanceOf(Taken.Elsewhere.class, b.registry.takeUp("s", false));
            return System.nanoTime() > until;
        });
    }

    @Test
    void whatALostNodeHasIsToBeHadInAMoment() {
        a.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        a.store.call(Command.DEL, a.store.keys().alive(a.node.id()));
        assertEquals(new Taken.NotNow(true), b.registry.takeUp("s", false));
    }

    /** Its holder comes back from the same absence. */
    @Test
    void soonAfterRedisWasAwayAStreamIsLeftToWhomItWas() {
        a.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        a.store.call(Command.DEL, a.store.keys().lease("s"));
        assertEquals(new Taken.NotNow(true), b.registry.takeUp("s", true));
        a.registry.renew();
        assertEquals(Optional.of(a.node.id()), b.registry.holder("s"));
    }

    @Test
    void whatRedisHasLostIsWrittenDownAgain() {
        Lease lease = a.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        long fence = fence(a);
        a.store.call(Command.FLUSHALL);
        a.registry.renew();
        assertTrue(lease.mayConnect());
        assertTrue(a.registry.wasRestored("s"));
        assertFalse(a.registry.wasRestored("s"));
        assertEquals(
                Optional.of("s"),
                a.registry.wanted("s").map(request -> request.stream().streamId()));
        lease.handOver();
        a.store.call(Command.FLUSHALL);
        b.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        assertTrue(fence(b) > fence, "it grows though Redis knows no earlier one");
    }

    @Test
    void onlyWhoHasTheStreamWritesItsTranscriptEachNumberOnce() {
        a.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        String token = a.transcripts.token("s").orElseThrow();
        assertEquals(Written.DONE, a.transcripts.append("s", token, 0, entry(1), 100, KEEP));
        assertEquals(Written.NUMBER_TAKEN, a.transcripts.append("s", token, 0, entry(1), 100, KEEP));
        assertEquals(Written.DONE, a.transcripts.append("s", token, 1, entry(2), 100, KEEP));
        assertEquals(Written.NOT_OURS, b.transcripts.append("s", b.node.id() + "#1", 2, entry(3), 100, KEEP));
        assertEquals(List.of(entry(1), entry(2)), b.transcripts.read("s", 1, Long.MAX_VALUE, 10));
        assertEquals(Optional.of(entry(1)), b.transcripts.first("s"));
        assertEquals(Optional.of(entry(2)), b.transcripts.last("s"));
    }

    @Test
    void aRevokedTranscriptHasOneEntryAndTakesNoMore() {
        a.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        String token = a.transcripts.token("s").orElseThrow();
        a.transcripts.append("s", token, 0, entry(1), 100, KEEP);
        a.transcripts.append("s", token, 1, entry(2), 100, KEEP);
        assertEquals(Optional.of(2L), b.transcripts.revoke("s", "status", "{\"seq\":", "}", KEEP));
        assertEquals(Optional.empty(), b.transcripts.revoke("s", "status", "{\"seq\":", "}", KEEP));
        assertEquals(Written.REVOKED, a.transcripts.append("s", token, 2, entry(4), 100, KEEP));
        assertEquals(List.of(new Entry(3, "status", "{\"seq\":3}")), a.transcripts.read("s", 1, Long.MAX_VALUE, 10));
        assertTrue(a.transcripts.isRevoked("s"));
    }

    /** As after a replica that was not in step has become the master. */
    @Test
    void whatRedisHasLostOfATranscriptIsToBeWrittenAgainFirst() {
        a.registry.take(request("s"), Restore.BY_ANYBODY, lost::add);
        String token = a.transcripts.token("s").orElseThrow();
        a.transcripts.append("s", token, 0, entry(1), 100, KEEP);
        assertEquals(Written.EARLIER_LOST, a.transcripts.append("s", token, 2, entry(3), 100, KEEP));
        assertEquals(Written.DONE, a.transcripts.append("s", token, 1, entry(2), 100, KEEP));
        assertEquals(Written.DONE, a.transcripts.append("s", token, 2, entry(5), 100, KEEP));
        assertEquals(List.of(entry(1), entry(2), entry(5)), b.transcripts.read("s", 1, Long.MAX_VALUE, 10));
    }

    private static Entry entry(long seq) {
        return new Entry(seq, "transcript", "{\"seq\":" + seq + ",\"text\":\"a b\"}");
    }

    @Test
    void webhooksGoToOneNodeEachAndTwiceToNone() throws Exception {
        WebhookQueue first = new WebhookQueue(a.store, a.node, CONFIG);
        WebhookQueue second = new WebhookQueue(b.store, b.node, CONFIG);
        first.next((entry, again, done) -> {}); // makes the group
        assertEquals(WebhookQueue.Added.ADDED, first.add("default/v0=1", KEEP, "one"));
        assertEquals(WebhookQueue.Added.ADDED_BEFORE, second.add("default/v0=1", KEEP, "one"));
        assertEquals(WebhookQueue.Added.ADDED, second.add("default/v0=2", KEEP, "two"));
        List<String> taken = new ArrayList<>();
        second.next((entry, again, done) -> {
            taken.add(entry);
            done.run();
        });
        assertEquals(List.of("one", "two"), taken);
        first.next((entry, again, done) -> taken.add(entry));
        assertEquals(2, taken.size());
        assertNotEquals(a.node.id(), b.node.id());
    }
}
