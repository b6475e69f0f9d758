package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.SessionState;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream as its server sees it: who is connected, what flows, how long to wait for whom (rtms-protocol sections 4, 5 and 7). For all
 * threads; sockets come and go on event loops while players wait here for a medium. Whoever is told about something is told without the
 * lock.
 *
 * <pre>
 *   INACTIVE --7--> ACTIVE --a connection is lost--> INTERRUPTED --back, and 7--> ACTIVE
 *                      any --finish--> TERMINATING --> TERMINATED
 * </pre>
 */
final class SimulatedStream {
    /** Who plays the stream. Called on event loops; must not block. */
    interface Owner {
        /** Signaling is lost; the client has to be told by a webhook. */
        void signalingLost();

        /** The stream has to end. */
        void stop(StopReason reason);
    }

    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final SimulatorConfig settings;
    private final StreamIdentity identity;
    private final String signature;
    private final Participants participants;
    private final Framing framing;
    private final Owner owner;
    private final long createdMs = System.currentTimeMillis();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final MediaConnections media = new MediaConnections();
    private volatile Signaling signaling;
    private volatile WireState state = WireState.INACTIVE;
    private boolean wasReady;
    private boolean scriptOver;
    private long lastChangeNanos = System.nanoTime();
    private long window = -1;

    SimulatedStream(
            Vertx vertx,
            SimulatorConfig settings,
            StreamIdentity identity,
            String signature,
            Participants participants,
            Framing framing,
            Owner owner) {
        this.vertx = vertx;
        this.settings = settings;
        this.identity = identity;
        this.signature = signature;
        this.participants = participants;
        this.framing = framing;
        this.owner = owner;
    }

    SimulatorConfig settings() {
        return settings;
    }

    StreamIdentity identity() {
        return identity;
    }

    Participants participants() {
        return participants;
    }

    WireState state() {
        return state;
    }

    /** Zoom's number of the session's state (rtms-protocol section 10.5). */
    int sessionState() {
        boolean over = state == WireState.TERMINATING || state == WireState.TERMINATED;
        return (over ? SessionState.STOPPED : SessionState.STARTED).ordinal();
    }

    boolean isSignature(String given) {
        return Signature.matches(signature, given);
    }

    void stop(StopReason reason) {
        owner.stop(reason);
    }

    // ---- connections come

    /** Takes a signaling connection, unless there is one, and answers message 1. */
    Status attach(Signaling newcomer, ObjectNode request, ObjectNode mediaUrls) {
        lock.lock();
        try {
            if (isOver()) {
                return Status.INVALID_RTMS_STREAM_ID;
            }
            if (signaling != null) {
                return Status.DUPLICATE_SIGNAL_REQUEST;
            }
            newcomer.connection().setFraming(framing);
            ObjectNode reply = Messages.handshakeReply(Messages.SIGNALING_HANDSHAKE_RESPONSE, request, Status.OK);
            reply.putObject("media_server").set("server_urls", mediaUrls);
            newcomer.send(reply);
            newcomer.sendEvent(Messages.event(Messages.FIRST_PACKET_TIMESTAMP, createdMs));
            newcomer.send(sessionUpdate(SessionState.STARTED));
            newcomer.keepAlive();
            signaling = newcomer;
            if (media.isMissingAny()) {
                startWindow(settings.mediaWindow(), StopReason.AWAIT_RECONNECTION_TIMEOUT);
            } else {
                cancelWindow();
            }
            return Status.OK;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a media connection, unless it collides with another, and answers message 3. */
    Status attach(Media newcomer, ObjectNode request) {
        lock.lock();
        try {
            if (isOver()) {
                return Status.INVALID_RTMS_STREAM_ID;
            }
            if (signaling == null) {
                return Status.INTERNAL_EXCEPTION;
            }
            Status collision = media.check(newcomer.request());
            if (collision != Status.OK) {
                return collision;
            }
            newcomer.connection().setFraming(framing);
            ObjectNode reply = Messages.handshakeReply(Messages.DATA_HANDSHAKE_RESPONSE, request, Status.OK)
                    .put("payload_encrypted", false);
            reply.set("media_params", newcomer.request().parameters());
            newcomer.connection().send(reply);
            newcomer.keepAlive();
            media.add(newcomer);
            noteChange();
            return Status.OK;
        } finally {
            lock.unlock();
        }
    }

    /** Message 7: media flows on every connection that has shaken hands. */
    void clientReady() {
        lock.lock();
        try {
            Signaling current = signaling;
            if (isOver() || current == null || media.isEmpty()) {
                return;
            }
            media.becomeReady(current.bufferData());
            wasReady = true;
            if (!media.isMissingAny()) {
                becomeActive(current);
            }
            noteChange();
        } finally {
            lock.unlock();
        }
    }

    private void becomeActive(Signaling current) {
        cancelWindow();
        if (state != WireState.ACTIVE) {
            state = WireState.ACTIVE;
            current.send(Messages.streamState(state, StopReason.UNDEFINED));
        }
    }

    // ---- connections go

    /** Signaling is lost: the media go with it, and the client has a minute to come back. */
    void detach(Signaling gone, StopReason whenNobodyComes) {
        lock.lock();
        try {
            if (signaling != gone) {
                return;
            }
            signaling = null;
            if (isOver()) {
                return;
            }
            state = WireState.INTERRUPTED;
            media.loseAll().forEach(orphan -> orphan.connection().close(Connection.GOING_AWAY, "signaling was lost"));
            startWindow(settings.signalingWindow(), whenNobodyComes);
        } finally {
            lock.unlock();
        }
        owner.signalingLost();
    }

    /** A media connection is lost: event 7, and the client has about a minute to bring it back. */
    void detach(Media gone, StopReason whenNobodyComes) {
        lock.lock();
        try {
            if (isOver() || !media.lose(gone) || signaling == null) {
                return;
            }
            state = WireState.INTERRUPTED;
            signaling.sendEvent(Messages.event(Messages.MEDIA_CONNECTION_INTERRUPTED, System.currentTimeMillis()));
            signaling.send(Messages.streamState(state, StopReason.DATA_CONNECTION_INTERRUPTED));
            startWindow(settings.mediaWindow(), whenNobodyComes);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the signaling connection from the server's side, as a fault; false where there is none. */
    boolean dropSignaling() {
        Signaling current = signaling;
        if (current != null) {
            detach(current, StopReason.AWAIT_RECONNECTION_TIMEOUT);
            current.connection().close(Connection.ERROR, "dropped");
        }
        return current != null;
    }

    /** Closes the connection of a medium from the server's side, as a fault; false where there is none. */
    boolean dropMedia(MediaType medium) {
        Media current = medium(medium).orElse(null);
        if (current != null) {
            detach(current, StopReason.AWAIT_RECONNECTION_TIMEOUT);
            current.connection().close(Connection.ERROR, "dropped");
        }
        return current != null;
    }

    private void startWindow(Duration length, StopReason whenNobodyComes) {
        cancelWindow();
        window = vertx.setTimer(length.toMillis(), id -> owner.stop(whenNobodyComes));
    }

    private void cancelWindow() {
        vertx.cancelTimer(window);
        window = -1;
    }

    // ---- for the players

    /** The connection of a medium, if there is one and the client is ready. */
    Optional<Media> medium(MediaType type) {
        lock.lock();
        try {
            return media.flowing(type);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a medium is connected and ready; empty once the script is over and it is not. */
    Optional<Media> awaitMedium(MediaType type) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<Media> found = media.flowing(type);
                if (found.isPresent()) {
                    return found;
                }
                if (scriptOver) {
                    return Optional.empty();
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on nobody waits for a medium any more. */
    void scriptIsOver() {
        lock.lock();
        try {
            scriptOver = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until any medium is ready; false where that did not happen in time. */
    boolean awaitReady(Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!wasReady && left > 0) {
                left = changed.awaitNanos(left);
            }
            return wasReady;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no media socket is opened any more, so that all hear the first word. */
    void awaitSettled(Duration quiet) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_SETTLING.toNanos() + quiet.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = System.nanoTime();
                boolean pending = media.isPendingAny();
                long left = pending ? end - now : Math.min(end, lastChangeNanos + quiet.toNanos()) - now;
                if (left <= 0) {
                    return;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends an event to whoever subscribed to it; false where it is lost because there is no signaling. */
    boolean event(ObjectNode event) {
        Signaling current = signaling;
        if (current != null && current.isSubscribed(event.path("event_type").asInt())) {
            current.sendEvent(event);
        }
        return current != null;
    }

    /** The end: everybody leaves, states are told, sockets closed after what was sent before. */
    void finish(StopReason reason) {
        Signaling last;
        Set<Media> all;
        lock.lock();
        try {
            if (isOver()) {
                return;
            }
            state = WireState.TERMINATING;
            cancelWindow();
            last = signaling;
            all = media.all();
        } finally {
            lock.unlock();
        }
        all.forEach(one -> one.connection().close(Connection.NORMAL, ""));
        if (last != null) {
            event(Messages.left(participants.all(), System.currentTimeMillis()));
            last.send(Messages.streamState(WireState.TERMINATING, reason));
            last.send(Messages.streamState(WireState.TERMINATED, reason));
            last.send(sessionUpdate(SessionState.STOPPED).put("stop_reason", reason.number()));
            last.connection().close(Connection.NORMAL, "");
        }
        state = WireState.TERMINATED;
    }

    private ObjectNode sessionUpdate(SessionState sessionState) {
        return Messages.message(Messages.SESSION_STATE_UPDATE)
                .put("rtms_session_id", identity.sessionId())
                .put("state", sessionState.ordinal())
                .put("timestamp", System.currentTimeMillis());
    }

    private boolean isOver() {
        return state == WireState.TERMINATING || state == WireState.TERMINATED;
    }

    private void noteChange() {
        lastChangeNanos = System.nanoTime();
        changed.signalAll();
    }
}
