package io.rtms.webhook;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.quarkus.runtime.ShutdownEvent;
import io.rtms.Observers;
import io.rtms.RtmsManager;
import io.rtms.ServiceDraining;
import io.rtms.ServiceStarted;
import io.rtms.event.WebhookReceived;
import io.rtms.loop.LogContext;
import io.rtms.stream.RtmsStream;
import io.rtms.stream.StreamRegistry.RegistryAwayException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
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
    /** What acting on the last webhooks may take when the service stops. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RtmsManager manager;
    private final Observers<WebhookReceived> observers;
    private final WebhookMeters meters;
    private final WebhookActions actions;
    private final BlockingQueue<Accepted> waiting;
    private final History history;

    private final Thread worker = Thread.ofVirtual().name("rtms-webhook-intake").unstarted(this::work);
    private volatile boolean open;
    private volatile boolean abandoned;
    /** What observers are being told of: whoever takes it from here acts on it, the worker or, where they do not return, {@link #stop}. */
    private final AtomicReference<InHand> inHand = new AtomicReference<>();

    /**
     * A webhook.
     *
     * @param app whose secret signed it
     * @param body as it came
     * @param trace that it came with
     * @param again whether another node had it before, and may have acted on it or not
     * @param done to be run when it was acted on
     */
    private record Accepted(String app, Webhook webhook, String body, Context trace, boolean again, Runnable done) {
        /** Wakes the worker for the last time. */
        private static final Accepted END = new Accepted("", null, "", Context.root(), false, () -> {});
    }

    /** @param before its stream as it was known before observers were told: one that they joined just now is theirs */
    private record InHand(Accepted accepted, Optional<RtmsStream> before) {}

    WebhookIntake(
            RtmsManager manager,
            Event<WebhookReceived> observers,
            WebhookMeters meters,
            WebhookConfig config,
            WebhookActions actions,
            History history) {
        this.manager = manager;
        this.observers = Observers.of(WebhookReceived.class, observers, this::failed);
        this.meters = meters;
        this.actions = actions;
        this.history = history;
        this.waiting = new ArrayBlockingQueue<>(config.intakeCapacity());
    }

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION) ServiceStarted event) {
        open = true;
        worker.start();
    }

    /** From now on Zoom is answered 503 and comes again. */
    void close(@Observes(notifyObserver = Reception.IF_EXISTS) ServiceDraining event) {
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
        return open && waiting.offer(new Accepted(app, webhook, "", Context.current(), false, () -> {}));
    }

    /**
     * Takes a webhook that some node has accepted; waits for room.
     *
     * @param body as it came
     * @param again whether another node had it before
     * @param done run when it was acted on
     */
    void put(String app, Webhook webhook, String body, boolean again, Runnable done) throws InterruptedException {
        waiting.put(new Accepted(app, webhook, body, Context.root(), again, done));
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
        } catch (RegistryAwayException e) { // it stays in the nodes' queue
            LOG.warnf("Webhook %s waits: %s", accepted.webhook().event(), e.getMessage());
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
            History.Verdict verdict = history.judge(app, ofStream);
            if (verdict == History.Verdict.OUTDATED || verdict == History.Verdict.DUPLICATE && !accepted.again()) {
                LOG.debugf("Webhook %s for stream %s is %s", webhook.event(), ofStream.streamId(), verdict);
                meters.ignored(app, verdict);
                accepted.done().run();
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
        Accepted accepted = told.accepted();
        actions.act(accepted.app(), accepted.webhook(), accepted.body(), told.before(), abandoned);
        accepted.done().run();
    }

    private void failed(WebhookReceived received, Throwable failure) {
        meters.observerFailed();
        LOG.errorf(failure, "An observer of webhook %s failed", received.event());
    }
}
