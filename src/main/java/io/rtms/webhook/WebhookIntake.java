package io.rtms.webhook;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.rtms.Observers;
import io.rtms.RtmsManager;
import io.rtms.ServiceStarted;
import io.rtms.StoppingException;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamState;
import io.rtms.event.WebhookReceived;
import io.rtms.loop.LogContext;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.RtmsStream;
import io.rtms.stream.StreamSnapshot;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Between the answer to Zoom and the work: holds accepted webhooks, and acts on them one after the other on a virtual thread of its own, so that
 * the answer never waits and a stream's webhooks keep their order. Observers of {@link WebhookReceived} run on that thread too and should be quick;
 * those with {@code @ObservesAsync} have threads of their own.
 */
@ApplicationScoped
class WebhookIntake {
    private static final Logger LOG = Logger.getLogger(WebhookIntake.class);
    /** Streams whose webhooks are remembered: more than an account may run in the hours in which Zoom comes again. */
    private static final int MOST_STREAMS = 50_000;
    /** What acting on the last webhooks may take when the service stops. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RtmsManager manager;
    private final Observers<WebhookReceived> observers;
    private final WebhookMeters meters;
    private final WebhookConfig config;
    private final BlockingQueue<Accepted> waiting;
    private final WebhookHistory history = new WebhookHistory(MOST_STREAMS);

    private final Thread worker = Thread.ofVirtual().name("rtms-webhook-intake").unstarted(this::work);
    private volatile boolean open;
    private volatile boolean abandoned;
    /** What observers are being told of: whoever takes it from here acts on it, the worker or, where they do not return, {@link #stop}. */
    private final AtomicReference<InHand> inHand = new AtomicReference<>();

    /** A webhook, the app whose secret signed it, and the trace it came with. */
    private record Accepted(String app, Webhook webhook, Context trace) {
        /** Wakes the worker for the last time. */
        private static final Accepted END = new Accepted("", null, Context.root());
    }

    /** @param before its stream as it was known before observers were told: one that they joined just now is theirs */
    private record InHand(Accepted accepted, Optional<RtmsStream> before) {}

    WebhookIntake(RtmsManager manager, Event<WebhookReceived> observers, WebhookMeters meters, WebhookConfig config) {
        this.manager = manager;
        this.observers = Observers.of(WebhookReceived.class, observers, this::failed);
        this.meters = meters;
        this.config = config;
        this.waiting = new ArrayBlockingQueue<>(config.intakeCapacity());
    }

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION) ServiceStarted event) {
        open = true;
        worker.start();
    }

    /** From now on Zoom is answered 503 and comes again. */
    void close(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownDelayInitiatedEvent event) {
        close();
    }

    private synchronized void close() {
        open = false;
    }

    /** What Zoom was told to be accepted is acted on still. */
    void stop(
            @Observes(notifyObserver = Reception.IF_EXISTS) @Priority(Interceptor.Priority.LIBRARY_BEFORE)
                    ShutdownEvent event)
            throws InterruptedException {
        if (worker.getState() == Thread.State.NEW) {
            return; // it was never started
        }
        close();
        waiting.offer(Accepted.END);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        if (worker.join(PATIENCE)) {
            observers.awaitReturn(Duration.ofNanos(deadline - System.nanoTime()));
        } else {
            abandoned = true;
            InHand stuck = inHand.getAndSet(null);
            worker.interrupt();
            LOG.warnf("Observers of webhooks do not return: %d webhooks are acted on without them", waiting.size());
            if (stuck != null) {
                work(stuck.accepted(), () -> actOn(stuck));
            }
            waiting.stream()
                    .filter(accepted -> accepted != Accepted.END)
                    .forEach(accepted -> work(accepted, () -> actOn(new InHand(accepted, before(accepted)))));
        }
    }

    /**
     * Takes a webhook; false where there is no room, or the service is on its way down, and Zoom has to come again.
     *
     * @param app name of the app whose secret signed it
     */
    synchronized boolean accept(String app, Webhook webhook) {
        return open && waiting.offer(new Accepted(app, webhook, Context.current()));
    }

    /** An interruption that an observer has left behind is its own affair, and no reason to stop here. */
    private void work() {
        while (!abandoned && (open || !waiting.isEmpty())) {
            try {
                Accepted accepted = waiting.take();
                if (accepted != Accepted.END) {
                    work(accepted, () -> act(accepted));
                }
            } catch (InterruptedException e) {
                LOG.debug("The webhook intake was interrupted");
            }
        }
    }

    private void work(Accepted accepted, Runnable action) {
        try (Scope _ = accepted.trace().makeCurrent();
                LogContext _ = LogContext.of(streamIdOf(accepted.webhook()))) {
            action.run();
        } catch (Throwable e) { // an error too concerns this webhook alone; those behind it are to be acted on
            LOG.errorf(e, "Webhook %s failed", accepted.webhook().event());
            meters.failed();
        }
    }

    private static String streamIdOf(Webhook webhook) {
        return webhook instanceof Webhook.OfStream ofStream ? ofStream.streamId() : "";
    }

    private void act(Accepted accepted) {
        String app = accepted.app();
        Webhook webhook = accepted.webhook();
        if (webhook instanceof Webhook.OfStream ofStream) {
            WebhookHistory.Verdict verdict = history.judge(app, ofStream);
            if (verdict != WebhookHistory.Verdict.NEW) {
                LOG.debugf("Webhook %s for stream %s is %s", webhook.event(), ofStream.streamId(), verdict);
                meters.ignored(app, verdict);
                return;
            }
        }
        InHand told = new InHand(accepted, before(accepted));
        inHand.set(told);
        observers.tell(new WebhookReceived(app, webhook.event(), webhook.timestamp(), webhook.payload()));
        if (inHand.compareAndSet(told, null)) {
            actOn(told);
        }
    }

    private Optional<RtmsStream> before(Accepted accepted) {
        return accepted.webhook() instanceof Webhook.StreamStarted started
                ? manager.stream(started.streamId())
                : Optional.empty();
    }

    /** What follows when observers have been told, or are waited for no longer. */
    private void actOn(InHand told) {
        String app = told.accepted().app();
        switch (told.accepted().webhook()) {
            case Webhook.StreamStarted started -> onStarted(app, started, told.before());
            case Webhook.StreamStopped stopped -> onStopped(app, stopped);
            case Webhook.StreamInterrupted interrupted -> onInterrupted(app, interrupted);
            case Webhook.UrlValidation validation -> {}
            case Webhook.Other other -> LOG.debugf("Webhook %s: nothing to do", other.event());
        }
    }

    private void failed(WebhookReceived received, Throwable failure) {
        meters.observerFailed();
        LOG.errorf(failure, "An observer of webhook %s failed", received.event());
    }

    /**
     * Another app's stream that is over and was never live keeps nobody out: somebody joined it with the wrong credentials.
     *
     * @param before the stream as it was known before observers were told: one that they joined just now is theirs
     */
    private void onStarted(String app, Webhook.StreamStarted started, Optional<RtmsStream> before) {
        boolean isTaken = !manager.stream(started.streamId()).equals(before);
        boolean isNew = before.isEmpty() || before.get().isOver();
        boolean isAnothers = before.isPresent() && !before.get().isOf(app);
        if (isAnothers && (!isNew || before.get().wasLive())) {
            warnOfAnothers(app, started.streamId());
            return;
        }
        if (!isAnothers && before.isPresent() && wasLeft(before.get())) {
            LOG.infof("Stream %s was left; that Zoom moves it to other servers changes nothing", started.streamId());
            return;
        }
        if (isTaken || isNew && !config.autoJoin()) {
            LOG.debugf("Stream %s is left to the program", started.streamId());
            return;
        }
        join(request(app, started.stream(), started.serverUrls())).ifPresent(joined -> {
            if (!joined.isNew()) {
                ofApp(app, started.streamId()).ifPresent(stream -> failOver(started));
            }
        });
    }

    /** On our own wish, not on Zoom's. */
    private static boolean wasLeft(RtmsStream stream) {
        StreamSnapshot snapshot = stream.snapshot();
        return snapshot.state() == StreamState.ENDED
                && snapshot.cause().name().equals(StopReason.RECEIVER_REQUEST_CLOSE.name());
    }

    private static boolean hasFailed(RtmsStream stream) {
        return stream.snapshot().state() == StreamState.FAILED;
    }

    private Optional<RtmsManager.Joined> join(JoinRequest request) {
        if (abandoned) {
            keepForLater(request);
            return Optional.empty();
        }
        try {
            return Optional.of(manager.join(request));
        } catch (StoppingException e) {
            keepForLater(request);
        } catch (IllegalArgumentException e) {
            LOG.errorf("Stream %s cannot be joined: %s", request.stream().streamId(), e.getMessage());
        }
        return Optional.empty();
    }

    private static JoinRequest request(String app, StreamRef stream, List<String> serverUrls) {
        return JoinRequest.builder().stream(stream)
                .serverUrls(serverUrls)
                .app(app)
                .build();
    }

    private void keepForLater(JoinRequest request) {
        String streamId = request.stream().streamId();
        if (manager.joinAfterRestart(request)) {
            LOG.infof("Stream %s started as the service stops; it is joined after the restart", streamId);
        } else {
            LOG.warnf("Stream %s started as the service stops, and is not joined", streamId);
        }
    }

    private void onStopped(String app, Webhook.StreamStopped stopped) {
        ofApp(app, stopped.streamId()).ifPresent(stream -> manager.stopped(stopped.streamId(), stopped.reason()));
    }

    /** One that is unknown here may have been another process's; one that was given up here may be there on other servers. */
    private void onInterrupted(String app, Webhook.StreamInterrupted interrupted) {
        String streamId = interrupted.streamId();
        Optional<RtmsStream> known = manager.stream(streamId);
        boolean isLost = known.isEmpty() || known.get().isOf(app) && hasFailed(known.get());
        Optional<StreamRef> stream = interrupted.stream().or(() -> known.map(RtmsStream::stream));
        if (isLost && stream.isPresent() && !interrupted.serverUrls().isEmpty() && config.autoJoin()) {
            LOG.infof("Stream %s was interrupted, and is joined on the servers that Zoom names", streamId);
            join(request(app, stream.get(), interrupted.serverUrls()).toBuilder()
                    .rejoin(true)
                    .build());
        } else if (known.isPresent()) {
            ofApp(app, streamId)
                    .ifPresent(one -> manager.interrupted(streamId, interrupted.serverUrls(), interrupted.timestamp()));
        } else {
            LOG.debugf("Stream %s was interrupted; it is unknown here", streamId);
        }
    }

    private void failOver(Webhook.StreamStarted started) {
        LOG.infof("Stream %s: Zoom started it again, moving to the servers it names now", started.streamId());
        manager.moved(started.streamId(), started.serverUrls());
    }

    /** The stream, unless another app joined it: whoever holds one app's secret has no say over another's streams. */
    private Optional<RtmsStream> ofApp(String app, String streamId) {
        Optional<RtmsStream> stream = manager.stream(streamId);
        if (stream.isPresent() && !stream.get().isOf(app)) {
            warnOfAnothers(app, streamId);
            return Optional.empty();
        }
        return stream;
    }

    private static void warnOfAnothers(String app, String streamId) {
        LOG.warnf("A webhook of app %s about stream %s, which is another app's, is ignored", app, streamId);
    }
}
