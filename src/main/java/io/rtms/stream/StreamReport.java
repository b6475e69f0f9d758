package io.rtms.stream;

import io.rtms.event.Cause;
import io.rtms.event.ReconnectAttempted;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StopReason;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.StreamStatus;
import io.rtms.loop.LogContext;
import io.rtms.media.MediaType;
import io.rtms.stream.TimelineEntry.Kind;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Tells how a stream fares: the snapshot for whoever asks, events for observers, the timeline and the log for people. Written under the
 * stream's lock.
 */
final class StreamReport {
    private static final Logger LOG = Logger.getLogger(StreamReport.class);

    private final JoinRequest request;
    private final Grants grants;
    private final Consumer<RtmsEvent> events;
    private final Timeline timeline;

    private String loop = "";
    private int attempts;
    private volatile boolean everLive;
    private volatile StreamSnapshot snapshot;

    StreamReport(JoinRequest request, Grants grants, Timeline timeline, Consumer<RtmsEvent> events) {
        this.request = request;
        this.grants = grants;
        this.timeline = timeline;
        this.events = events;
        this.snapshot = snapshotOf(StreamState.JOINING, Cause.NONE);
    }

    StreamSnapshot snapshot() {
        return snapshot;
    }

    /** Whether media have flowed at some time. Any thread may ask. */
    boolean wasEverLive() {
        return everLive;
    }

    /** The loop that drives the stream. */
    void seated(String loopName) {
        loop = loopName;
    }

    /** The stream came to this state. */
    void state(StreamState state, Cause cause) {
        snapshot = snapshotOf(state, cause);
        String text = state.label() + (cause.text().isEmpty() ? "" : ": " + cause.text());
        log(Logger.Level.INFO, "Stream %s is %s", stream().streamId(), text);
        timeline.note(Kind.STATE, "The stream is " + text);
        events.accept(new StreamStateChanged(stream(), state, cause, snapshot.sinceMs()));
    }

    /** It is not live: joining, or interrupted where it was live before. */
    void down(Cause cause) {
        state(everLive ? StreamState.INTERRUPTED : StreamState.JOINING, cause);
    }

    /** An attempt begins. */
    void attempt(String what) {
        attempts++;
        timeline.note(Kind.ATTEMPT, what);
    }

    /** An attempt to mend this trouble ended. */
    void attempted(Trouble trouble, int attempt, boolean succeeded, Cause cause) {
        trouble.scenario()
                .ifPresent(scenario -> events.accept(new ReconnectAttempted(
                        stream(), scenario, attempt, succeeded, cause, System.currentTimeMillis())));
        timeline.note(
                Kind.ATTEMPT,
                "Attempt %d %s after %.1f s%s"
                        .formatted(
                                attempt,
                                succeeded ? "succeeded" : "failed",
                                trouble.elapsed().toMillis() / 1000.0,
                                succeeded ? "." : ": " + cause.text()));
    }

    /** Media flow. */
    void live(int attempt) {
        events.accept(new StreamJoined(stream(), grants.granted(), attempt, System.currentTimeMillis()));
        state(everLive ? StreamState.RESUMED : StreamState.LIVE, Cause.NONE);
        everLive = true;
    }

    void refused(Set<MediaType> types, Cause refusal) {
        log(Logger.Level.WARN, "Stream %s: Zoom refused %s. %s", stream().streamId(), types, refusal.text());
        timeline.note(Kind.MEDIA, "Zoom refused %s. %s".formatted(types, refusal.text()));
    }

    /** Zoom told of its own stream's state. */
    void zoomSays(StreamStatus status, StopReason reason) {
        String why = reason == StopReason.UNDEFINED ? "" : " (" + reason + ")";
        timeline.note(Kind.ZOOM, "Zoom's stream is %s%s.".formatted(status, why));
    }

    /** Nothing follows. */
    void left(StreamState state, Cause cause) {
        state(state, cause);
        events.accept(new StreamLeft(stream(), cause, System.currentTimeMillis()));
    }

    void note(Kind kind, String text) {
        timeline.note(kind, text);
    }

    private void log(Logger.Level level, String format, Object... arguments) {
        try (LogContext _ = LogContext.of(stream().streamId())) {
            LOG.logf(level, format, arguments);
        }
    }

    private StreamSnapshot snapshotOf(StreamState state, Cause cause) {
        return new StreamSnapshot(
                stream(),
                request.app(),
                state,
                cause,
                System.currentTimeMillis(),
                grants.granted(),
                grants.parameters(),
                loop,
                attempts,
                0);
    }

    private StreamRef stream() {
        return request.stream();
    }
}
