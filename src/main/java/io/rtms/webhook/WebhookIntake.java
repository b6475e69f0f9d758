package io.rtms.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rtms.RtmsManager;
import io.rtms.event.WebhookReceived;
import io.rtms.stream.Credentials;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.RtmsStream;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;

/**
 * Between the answer to Zoom and the work: holds accepted webhooks, and acts on them one after the other on a virtual thread of its own, so that
 * the answer never waits and a stream's webhooks keep their order. Observers of {@link WebhookReceived} run on that thread too and should be quick.
 */
@ApplicationScoped
class WebhookIntake {
    private static final Logger LOG = Logger.getLogger(WebhookIntake.class);
    /** Streams whose webhooks are remembered: more than an account may run in the hours in which Zoom comes again. */
    private static final int MOST_STREAMS = 50_000;

    private final RtmsManager manager;
    private final Credentials credentials;
    private final Event<WebhookReceived> observers;
    private final MeterRegistry metrics;
    private final BlockingQueue<Webhook> waiting;
    private final WebhookHistory history = new WebhookHistory(MOST_STREAMS);

    private final Thread worker = Thread.ofVirtual().name("rtms-webhook-intake").unstarted(this::work);
    private volatile boolean open;

    WebhookIntake(
            RtmsManager manager,
            Credentials credentials,
            Event<WebhookReceived> observers,
            MeterRegistry metrics,
            WebhookConfig config) {
        this.manager = manager;
        this.credentials = credentials;
        this.observers = observers;
        this.metrics = metrics;
        this.waiting = new ArrayBlockingQueue<>(config.intakeCapacity());
    }

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION) StartupEvent event) {
        open = true;
        worker.start();
    }

    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        open = false;
        worker.interrupt();
    }

    /** Takes a webhook; false where there is no room, or the service is on its way down, and Zoom has to come again. */
    boolean accept(Webhook webhook) {
        return open && waiting.offer(webhook);
    }

    private void work() {
        try {
            while (open) {
                Webhook webhook = waiting.take();
                try {
                    act(webhook);
                } catch (RuntimeException e) {
                    LOG.errorf(e, "Webhook %s failed", webhook.event());
                    metrics.counter("rtms.webhook.failures").increment();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The webhook intake ends");
        }
    }

    private void act(Webhook webhook) {
        if (webhook instanceof Webhook.OfStream ofStream) {
            WebhookHistory.Verdict verdict = history.judge(ofStream);
            if (verdict != WebhookHistory.Verdict.NEW) {
                LOG.debugf("Webhook %s for stream %s is %s", webhook.event(), ofStream.streamId(), verdict);
                metrics.counter(
                                "rtms.webhooks.ignored",
                                "verdict",
                                verdict.name().toLowerCase(Locale.ROOT))
                        .increment();
                return;
            }
        }
        observe(new WebhookReceived("default", webhook.event(), webhook.timestamp(), webhook.payload()));
        switch (webhook) {
            case Webhook.StreamStarted started -> onStarted(started);
            case Webhook.StreamStopped stopped -> manager.stopped(stopped.streamId(), stopped.reason());
            case Webhook.StreamInterrupted interrupted ->
                manager.client(interrupted.streamId())
                        .ifPresent(client -> client.onInterrupted(interrupted.serverUrls(), interrupted.timestamp()));
            case Webhook.UrlValidation validation -> {}
            case Webhook.Other other -> LOG.debugf("Webhook %s: nothing to do", other.event());
        }
    }

    private void observe(WebhookReceived received) {
        try {
            observers.fire(received);
        } catch (RuntimeException e) {
            metrics.counter("rtms.observer.errors", "event", "WebhookReceived").increment();
            LOG.errorf(e, "An observer of webhook %s failed", received.event());
        }
    }

    private void onStarted(Webhook.StreamStarted started) {
        if (credentials.clientId().isEmpty() || credentials.clientSecret().isEmpty()) {
            LOG.errorf(
                    "Stream %s cannot be joined: set ZM_RTMS_CLIENT and ZM_RTMS_SECRET to the app's client id and secret",
                    started.streamId());
            return;
        }
        RtmsManager.Joined joined = manager.join(JoinRequest.builder().stream(started.stream())
                .serverUrls(started.serverUrls())
                .credentials(
                        credentials.clientId().get(), credentials.clientSecret().get())
                .build());
        if (!joined.isNew()) {
            failOver(joined.client(), started);
        }
    }

    private static void failOver(RtmsStream client, Webhook.StreamStarted started) {
        LOG.infof("Stream %s: Zoom started it again, moving to the servers it names now", started.streamId());
        client.onNewServers(started.serverUrls());
    }
}
