package io.rtms;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rtms.event.StopReason;
import io.rtms.loop.EventLoopPool;
import io.rtms.loop.LoopSettings;
import io.rtms.media.MediaParams;
import io.rtms.sdk.NativeLoop;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.MediaRequest;
import io.rtms.stream.ReconnectPolicy;
import io.rtms.stream.RtmsStream;
import io.rtms.stream.StreamConfig;
import io.rtms.stream.StreamSnapshot;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jboss.logging.Logger;

/**
 * Owns the loops, the streams and their lives: the only door to joining and leaving. Streams are known by their {@code rtms_stream_id}; an ended
 * one stays in the list for a while. Every method may be called from any thread and returns without waiting for the network.
 */
@ApplicationScoped
public class RtmsManager {
    private static final Logger LOG = Logger.getLogger(RtmsManager.class);
    /** Ended streams remembered at most, however short the hour. */
    private static final int MOST_ENDED = 1000;

    private static final Duration SHUTDOWN = Duration.ofSeconds(5);

    private final RtmsConfig.Loop loopConfig;
    private final RtmsConfig.Tls tlsConfig;
    private final StreamConfig streamConfig;
    private final EventDelivery delivery;
    private final MediaRequest media;
    private final Map<String, RtmsStream> clients = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rtms-timers").factory());

    private volatile EventLoopPool pool;

    RtmsManager(
            RtmsConfig.Loop loopConfig,
            RtmsConfig.Tls tlsConfig,
            RtmsConfig.Media mediaConfig,
            StreamConfig streamConfig,
            MediaDemand demand,
            EventDelivery delivery) {
        this.loopConfig = loopConfig;
        this.tlsConfig = tlsConfig;
        this.streamConfig = streamConfig;
        this.delivery = delivery;
        this.media = new MediaRequest(
                mediaConfig.wanted(demand.observed()),
                MediaParams.defaults(),
                mediaConfig.sockets() == RtmsConfig.Sockets.SPLIT,
                MediaRequest.PEOPLE);
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        pool = new EventLoopPool(
                        loopConfig.threads(),
                        loopConfig.strategy(),
                        new LoopSettings(loopConfig.ringBytes(), tlsConfig.ca().orElse(""), tlsConfig.verify()))
                .start();
        LOG.infof(
                "RTMS engine %s, %d loops, asking for %s",
                NativeLoop.libraryVersion(), pool.loops().size(), media.media());
        if (!tlsConfig.verify()) {
            LOG.warn("rtms.tls.verify=false: certificates of Zoom's servers are not checked");
        }
    }

    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) throws InterruptedException {
        clients.values().forEach(RtmsStream::leave);
        long deadline = System.nanoTime() + SHUTDOWN.toNanos();
        for (RtmsStream client : clients.values()) {
            client.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
        timers.shutdownNow();
        if (pool != null) {
            pool.stop();
            pool.join(SHUTDOWN);
        }
    }

    /**
     * Joins a stream that is not known yet, or is over; one that is on its way stays as it is.
     *
     * @return the stream's client, and whether it is new
     */
    public Joined join(JoinRequest request) {
        forgetEnded();
        RtmsStream fresh = new RtmsStream(
                request, media, streamConfig, new ReconnectPolicy(streamConfig), timers, delivery::deliver);
        RtmsStream winner = clients.compute(
                request.stream().streamId(), (id, known) -> known == null || known.isOver() ? fresh : known);
        if (winner != fresh) {
            return new Joined(winner, false);
        }
        try {
            fresh.join(pool);
            return new Joined(fresh, true);
        } catch (RuntimeException e) {
            clients.remove(request.stream().streamId(), fresh);
            throw e;
        }
    }

    /**
     * What a join came to.
     *
     * @param client the stream's client
     * @param isNew false where the stream was known before
     */
    public record Joined(RtmsStream client, boolean isNew) {}

    /** A stream that is known: live, on its way, or ended not long ago. */
    public Optional<RtmsStream> client(String streamId) {
        return Optional.ofNullable(clients.get(streamId));
    }

    /** All streams that are known, the newest first. */
    public List<StreamSnapshot> streams() {
        return clients.values().stream()
                .map(RtmsStream::snapshot)
                .sorted(Comparator.comparingLong(StreamSnapshot::sinceMs).reversed())
                .toList();
    }

    /** Zoom stopped a stream. Unknown and ended ones are no error. */
    public void stopped(String streamId, StopReason reason) {
        client(streamId).ifPresent(client -> client.onStopped(reason));
    }

    /** The loops that drive the streams. */
    public EventLoopPool pool() {
        return pool;
    }

    private void forgetEnded() {
        long oldest = System.currentTimeMillis() - streamConfig.keepEnded().toMillis();
        List<StreamSnapshot> ended =
                streams().stream().filter(stream -> stream.state().isFinal()).toList();
        for (int i = 0; i < ended.size(); i++) {
            if (i >= MOST_ENDED || ended.get(i).sinceMs() < oldest) {
                clients.remove(ended.get(i).stream().streamId());
            }
        }
    }
}
