package io.rtms.webhook;

import io.rtms.RtmsManager;
import io.rtms.StoppingException;
import io.rtms.event.StopReason;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamState;
import io.rtms.stream.JoinRequest;
import io.rtms.stream.RtmsStream;
import io.rtms.stream.StreamSnapshot;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What follows from a webhook for the streams of this node. */
@Singleton
@Typed(LocalActions.class)
class LocalActions implements WebhookActions {
    private static final Logger LOG = Logger.getLogger(LocalActions.class);

    private final RtmsManager manager;
    private final WebhookConfig config;

    LocalActions(RtmsManager manager, WebhookConfig config) {
        this.manager = manager;
        this.config = config;
    }

    @Override
    public void act(String app, Webhook webhook, String body, Optional<RtmsStream> before, boolean tooLate) {
        switch (webhook) {
            case Webhook.StreamStarted started -> onStarted(app, started, before, tooLate);
            case Webhook.StreamStopped stopped -> onStopped(app, stopped);
            case Webhook.StreamInterrupted interrupted -> onInterrupted(app, interrupted, tooLate);
            case Webhook.UrlValidation validation -> {}
            case Webhook.Other other -> LOG.debugf("Webhook %s: nothing to do", other.event());
        }
    }

    /**
     * Another app's stream that is over and was never live keeps nobody out: somebody joined it with the wrong credentials.
     *
     * @param before the stream as it was known before observers were told: one that they joined just now is theirs
     */
    private void onStarted(String app, Webhook.StreamStarted started, Optional<RtmsStream> before, boolean tooLate) {
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
        join(request(app, started.stream(), started.serverUrls()), tooLate).ifPresent(joined -> {
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

    private Optional<RtmsManager.Joined> join(JoinRequest request, boolean tooLate) {
        if (tooLate) {
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

    static JoinRequest request(String app, StreamRef stream, List<String> serverUrls) {
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
    private void onInterrupted(String app, Webhook.StreamInterrupted interrupted, boolean tooLate) {
        String streamId = interrupted.streamId();
        Optional<RtmsStream> known = manager.stream(streamId);
        boolean isLost = known.isEmpty() || known.get().isOf(app) && hasFailed(known.get());
        Optional<StreamRef> stream = interrupted.stream().or(() -> known.map(RtmsStream::stream));
        if (isLost && stream.isPresent() && !interrupted.serverUrls().isEmpty() && config.autoJoin()) {
            LOG.infof("Stream %s was interrupted, and is joined on the servers that Zoom names", streamId);
            join(
                    request(app, stream.get(), interrupted.serverUrls()).toBuilder()
                            .rejoin(true)
                            .build(),
                    tooLate);
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
