package io.rtms;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.rtms.event.Cause;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StopReason;
import io.rtms.event.StreamLeft;
import io.rtms.loop.EventLoopPool;
import io.rtms.loop.LoopSettings;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.sdk.Engine;
import io.rtms.stream.AllowedServers;
import io.rtms.stream.Apps;
import io.rtms.stream.Interest;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.Lease;
import io.rtms.stream.MediaRequest;
import io.rtms.stream.ReconnectPolicy;
import io.rtms.stream.RtmsClient;
import io.rtms.stream.RtmsStream;
import io.rtms.stream.StreamConfig;
import io.rtms.stream.StreamRegistry;
import io.rtms.stream.StreamSnapshot;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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

    /** What streams may take to end when the service stops, and then the loops: with the webhooks' time ten seconds, as containers are given. */
    private static final Duration SHUTDOWN = Duration.ofSeconds(4);

    private static final Cause STOPPING = new Cause(
            0,
            "SERVICE_STOPS",
            "The service stops. The stream goes on when it is joined again, after the restart.",
            true);

    private final RtmsConfig.Loop loopConfig;
    private final RtmsConfig.Tls tlsConfig;
    private final RtmsConfig.Shutdown shutdown;
    private final StreamConfig streamConfig;
    private final Apps apps;
    private final AllowedServers servers;
    private final EventDelivery delivery;
    private final StreamRegistry registry;
    private final Event<ServiceDraining> draining;
    private final boolean split;
    private final Set<MediaType> requested;
    private final MediaParams params;
    private final Interest subscribed;
    private final Map<String, RtmsStream> known = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rtms-timers").factory());

    private final RtmsClient.House house = new Rooms();
    private volatile boolean stopping;
    private volatile EventLoopPool pool;
    private volatile LoopWatch watch;
    private volatile Executor clientExecutor;

    RtmsManager(
            RtmsConfig.Loop loopConfig,
            RtmsConfig.Tls tlsConfig,
            RtmsConfig.Shutdown shutdown,
            MediaConfig mediaConfig,
            EventsConfig eventsConfig,
            StreamConfig streamConfig,
            Apps apps,
            AllowedServers servers,
            Demand demand,
            EventDelivery delivery,
            StreamRegistry registry,
            Event<ServiceDraining> draining) {
        this.loopConfig = loopConfig;
        this.tlsConfig = tlsConfig;
        this.shutdown = shutdown;
        this.streamConfig = streamConfig;
        this.apps = apps;
        this.servers = servers;
        this.delivery = delivery;
        this.registry = registry;
        this.draining = draining;
        this.params = mediaConfig.params();
        this.split = mediaConfig.sockets() == MediaConfig.Sockets.SPLIT;
        this.requested = mediaConfig.wanted(demand.observed().media());
        this.subscribed = eventsConfig.wanted(demand.observed());
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ServiceStarting event) {
        pool = new EventLoopPool(loopConfig.threads(), loopConfig.strategy(), loopSettings()).start();
        watch = new LoopWatch(pool.loops(), loopConfig.stuckAfter()).start(timers);
        LOG.infof(
                "RTMS engine %s, %d loops%s, asking for %s",
                pool.loops().getFirst().engine(),
                pool.loops().size(),
                pool.loops().getFirst().isIsolated() ? " in processes of their own" : "",
                requested);
        if (!tlsConfig.verify()) {
            LOG.warn("rtms.tls.verify=false: certificates of Zoom's servers are not checked");
        }
    }

    /** Whether nothing is joined any more because the service is on its way down. */
    public boolean isStopping() {
        return stopping;
    }

    /** Joins again what was live when the service stopped, or was killed. Those that Zoom has given up since fail, in words. */
    void resume(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ServiceStarted event) {
        for (JoinRequest request : registry.pending()) {
            String streamId = request.stream().streamId();
            try {
                if (join(request).isNew()) {
                    LOG.infof("Stream %s was live before the restart: joining it again", streamId);
                }
            } catch (IllegalArgumentException e) {
                LOG.warnf(
                        "Stream %s was live before the restart and cannot be joined again: %s",
                        streamId, e.getMessage());
                registry.take(request, StreamRegistry.Restore.BY_ANYBODY, lost -> {})
                        .end(Cause.NONE);
            }
        }
    }

    /** From now on nothing is joined. */
    void stopJoining(
            @Observes(notifyObserver = Reception.IF_EXISTS) @Priority(Interceptor.Priority.LIBRARY_BEFORE)
                    ShutdownDelayInitiatedEvent event) {
        stopping = true;
        draining.fire(new ServiceDraining());
    }

    /** Takes no more streams and gives back those that there are, as at the end, though this process stays. */
    public void drain() {
        LOG.info("Draining: no more streams are taken, and those that there are go elsewhere");
        stopping = true;
        draining.fire(new ServiceDraining());
        known.values().forEach(this::giveUp);
    }

    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS) @Priority(Interceptor.Priority.LIBRARY_AFTER)
                    ShutdownEvent event)
            throws InterruptedException {
        stopping = true;
        known.values().forEach(this::giveUp);
        long deadline = System.nanoTime() + SHUTDOWN.toNanos();
        for (RtmsStream stream : known.values()) {
            if (!stream.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                LOG.warnf(
                        "Stream %s: observers did not take in what waits for them in %d s; %d events are lost",
                        stream.stream().streamId(),
                        SHUTDOWN.toSeconds(),
                        stream.snapshot().waiting());
            }
        }
        timers.shutdownNow();
        if (pool != null) {
            pool.stop();
            pool.join(SHUTDOWN);
        }
    }

    private void giveUp(RtmsStream stream) {
        if (shutdown.streams() == RtmsConfig.Shutdown.Streams.RELEASE) {
            stream.release(STOPPING);
        } else {
            stream.leave();
        }
    }

    /**
     * Joins a stream that is not known yet, or is over; one that is on its way stays as it is.
     *
     * @return the stream, and whether it is new
     * @throws IllegalArgumentException where the request names servers that must not be dialled, or nothing can sign it
     * @throws StoppingException where the service is on its way down
     * @throws StreamRegistry.HeldElsewhereException where another node has the stream
     * @throws StreamRegistry.RegistryAwayException where that cannot be known now
     */
    public Joined join(JoinRequest request) {
        if (stopping) {
            throw new StoppingException();
        }
        Tenure tenure = new Tenure();
        RtmsStream fresh = newStream(request, Interest.NONE, Map.of(), UnaryOperator.identity(), tenure);
        RtmsStream winner = enter(fresh);
        if (winner != fresh) {
            return new Joined(winner, false);
        }
        Lease lease = take(fresh, request, StreamRegistry.Restore.BY_ANYBODY, tenure);
        try {
            fresh.join(pool.add(fresh), lease);
            return new Joined(fresh, true);
        } catch (RuntimeException e) {
            known.remove(request.stream().streamId(), fresh);
            lease.end(Cause.NONE);
            throw e;
        }
    }

    private Lease take(RtmsStream fresh, JoinRequest request, StreamRegistry.Restore restore, Tenure tenure) {
        try {
            tenure.lease = registry.take(request, restore, fresh::release);
            return tenure.lease;
        } catch (RuntimeException e) {
            known.remove(request.stream().streamId(), fresh);
            throw e;
        }
    }

    /** Ends a stream's lease with the stream. What is to be tried again stays written down, and what was joined again meanwhile. */
    private final class Tenure implements Consumer<RtmsEvent> {
        private volatile Lease lease = Lease.ALONE;

        @Override
        public void accept(RtmsEvent event) {
            if (event instanceof StreamLeft left && left.cause().retry()) {
                lease.handOver();
            } else if (event instanceof StreamLeft left && isOver(left.stream().streamId())) {
                lease.end(left.cause());
            }
        }

        private boolean isOver(String streamId) {
            return stream(streamId).filter(stream -> !stream.isOver()).isEmpty();
        }
    }

    /**
     * Leaves a stream that came too late for the service to its next start.
     *
     * @return false where that cannot be, and the stream is lost
     */
    public boolean joinAfterRestart(JoinRequest request) {
        return registry.leaveBehind(request);
    }

    /**
     * A client for a program that wants callbacks of its own for a stream. They run on the stream's virtual thread, or on the executor of
     * {@link #clientExecutor}.
     */
    public RtmsClient newClient() {
        return newClient(clientExecutor);
    }

    /** A client whose callbacks run on an executor unless they have one of their own; null for the stream's virtual thread. */
    public RtmsClient newClient(Executor executor) {
        return new RtmsClient(house, streamConfig).executor(executor);
    }

    /** Where callbacks of clients run that are made from now on without an executor; null, as at first, for each stream's virtual thread. */
    public void clientExecutor(Executor executor) {
        clientExecutor = executor;
    }

    /** How loops are configured, for programs that make their own: {@code new EventLoop("mine", rtms.loopSettings())}. */
    public LoopSettings loopSettings() {
        return new LoopSettings(
                loopConfig.ringBytes(), tlsConfig.ca().orElse(""), tlsConfig.verify(), Engine.configured());
    }

    private RtmsStream newStream(
            JoinRequest asked,
            Interest interest,
            Map<MediaType, Boolean> wanted,
            UnaryOperator<MediaParams> change,
            Consumer<RtmsEvent> callbacks) {
        Optional<RtmsStream> before = stream(asked.stream().streamId()).filter(RtmsStream::isOver);
        boolean again = before.filter(RtmsStream::wasLive).isPresent();
        JoinRequest request = servers.admit(
                apps.complete(again ? asked.toBuilder().rejoin(true).build() : asked));
        Set<MediaType> media = EnumSet.noneOf(MediaType.class);
        media.addAll(requested);
        media.addAll(interest.media());
        wanted.forEach((type, on) -> {
            if (on) {
                media.add(type);
            } else {
                media.remove(type);
            }
        });
        MediaRequest ask = new MediaRequest(
                media,
                change.apply(params),
                split,
                interest.and(subscribed).events(request.stream().product()));
        return new RtmsStream(
                request,
                ask,
                streamConfig,
                new ReconnectPolicy(streamConfig),
                timers,
                delivery.of(request, callbacks),
                before);
    }

    /** Enters a stream in the list, unless one with its id is there and not over. Returns the one that is there now. */
    private RtmsStream enter(RtmsStream fresh) {
        forgetEnded();
        return known.compute(
                fresh.stream().streamId(), (id, before) -> before == null || before.isOver() ? fresh : before);
    }

    /** What clients need of this manager. */
    private final class Rooms implements RtmsClient.House {
        @Override
        public RtmsClient.Opened open(
                JoinRequest request,
                Interest interest,
                Map<MediaType, Boolean> wanted,
                UnaryOperator<MediaParams> change,
                Consumer<RtmsEvent> callbacks) {
            Tenure tenure = new Tenure();
            RtmsStream fresh = newStream(request, interest, wanted, change, callbacks.andThen(tenure));
            if (enter(fresh) != fresh) {
                throw new IllegalStateException("stream " + request.stream().streamId() + " is joined already");
            }
            return new RtmsClient.Opened(fresh, take(fresh, request, StreamRegistry.Restore.BY_NOBODY, tenure));
        }

        @Override
        public void seat(RtmsClient client) {
            pool.add(client);
        }

        @Override
        public void failed(RtmsEvent event, Throwable failure) {
            delivery.failed("a callback", event, failure);
        }
    }

    /**
     * What a join came to.
     *
     * @param stream the stream
     * @param isNew false where the stream was known before
     */
    public record Joined(RtmsStream stream, boolean isNew) {}

    /** A stream that is known: live, on its way, or ended not long ago. */
    public Optional<RtmsStream> stream(String streamId) {
        return Optional.ofNullable(known.get(streamId));
    }

    /** All streams that are known, the newest first. */
    public List<StreamSnapshot> streams() {
        return known.values().stream()
                .map(RtmsStream::snapshot)
                .sorted(Comparator.comparingLong(StreamSnapshot::sinceMs).reversed())
                .toList();
    }

    /** Zoom stopped a stream. Unknown and ended ones are no error. */
    public void stopped(String streamId, StopReason reason) {
        stream(streamId).ifPresent(stream -> stream.onStopped(reason));
    }

    /** Zoom moved a stream to other servers. An unknown one is no error. */
    public void moved(String streamId, List<String> serverUrls) {
        stream(streamId).ifPresent(stream -> {
            stream.onNewServers(servers.admit(serverUrls));
        });
    }

    /**
     * Zoom lost a stream's signaling connection. An unknown stream is no error.
     *
     * @param serverUrls other servers to connect to, empty for the same
     * @param timestamp when Zoom noticed, milliseconds since the epoch
     */
    public void interrupted(String streamId, List<String> serverUrls, long timestamp) {
        stream(streamId).ifPresent(stream -> {
            stream.onInterrupted(serverUrls.isEmpty() ? serverUrls : servers.admit(serverUrls), timestamp);
        });
    }

    /** Whether they turn. */
    public LoopWatch watch() {
        return watch;
    }

    /** What Zoom is asked for where a program asks for nothing else. */
    public Set<MediaType> requestedMedia() {
        return Set.copyOf(requested);
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
                known.computeIfPresent(
                        ended.get(i).stream().streamId(), (id, stream) -> stream.isOver() ? null : stream);
            }
        }
    }
}
