package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Participant;
import io.rtms.event.SessionState;
import io.rtms.event.StopReason;
import io.rtms.media.AudioCodec;
import io.rtms.media.MediaType;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream as its server sees it: who is connected, what flows, how long to wait for whom (rtms-protocol sections 4, 5 and 7). For all
 * threads; sockets come and go on event loops while players wait here for a medium. Whoever is told about something is told without the
 * lock. Who waits for media waits in {@link MediaGate}.
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

    private final SimulatorConfig settings;
    private final StreamIdentity identity;
    private final String signature;
    private final PlayOptions options;
    private final Room room;
    private final Events events;
    private final Refusals refusals;
    private final MediaOffer offer;
    private final HandshakeLog handshakes = new HandshakeLog();
    private final VideoSubscription videoSubscription = new VideoSubscription();
    private final Owner owner;
    private final long createdMs = System.currentTimeMillis();

    private final ReentrantLock lock = new ReentrantLock();
    private final MediaConnections media = new MediaConnections();
    private final MediaGate gate = new MediaGate(lock, media);
    private final ReconnectWindow window;
    private volatile Signaling signaling;
    private volatile WireState state = WireState.INACTIVE;
    private volatile SessionState session = SessionState.STARTED;

    SimulatedStream(
            Vertx vertx,
            SimulatorConfig settings,
            StreamIdentity identity,
            String signature,
            PlayOptions options,
            Room room,
            Owner owner) {
        this.settings = settings;
        this.identity = identity;
        this.signature = signature;
        this.options = options;
        this.room = room;
        this.events = new Events(new Dialect(options.product(), options.deviations()));
        this.refusals = new Refusals(options.refusals());
        this.offer = new MediaOffer(
                options.offered(), settings.strict(), options.sound().hasRecorded(AudioCodec.G722));
        this.owner = owner;
        this.window = new ReconnectWindow(vertx, owner);
    }

    SimulatorConfig settings() {
        return settings;
    }

    StreamIdentity identity() {
        return identity;
    }

    PlayOptions options() {
        return options;
    }

    Room room() {
        return room;
    }

    /** Builds events in this stream's wording. */
    Events events() {
        return events;
    }

    Dialect dialect() {
        return events.dialect();
    }

    Refusals refusals() {
        return refusals;
    }

    MediaOffer offer() {
        return offer;
    }

    HandshakeLog handshakes() {
        return handshakes;
    }

    VideoSubscription videoSubscription() {
        return videoSubscription;
    }

    /** Where players wait for media. */
    MediaGate gate() {
        return gate;
    }

    WireState state() {
        return state;
    }

    SessionState session() {
        return isOver() ? SessionState.STOPPED : session;
    }

    boolean isSignature(String given) {
        return Signature.matches(signature, given);
    }

    /** The event types to which the client has subscribed. */
    Set<Integer> subscriptions() {
        Signaling current = signaling;
        return current == null ? Set.of() : current.subscriptions();
    }

    void stop(StopReason reason) {
        owner.stop(reason);
    }

    // ---- connections come

    /** Takes a signaling connection, unless there is one, and answers message 1. */
    Status attach(Signaling newcomer, ObjectNode request, JsonNode mediaUrls) {
        lock.lock();
        try {
            if (isOver()) {
                return Status.INVALID_RTMS_STREAM_ID;
            }
            if (signaling != null) {
                return Status.DUPLICATE_SIGNAL_REQUEST;
            }
            newcomer.connection().speak(options.framing(), dialect().has(Deviation.UNKNOWN_MESSAGES));
            ObjectNode reply =
                    Messages.handshakeReply(Messages.SIGNALING_HANDSHAKE_RESPONSE, request, Status.OK.answer());
            reply.putObject("media_server").set("server_urls", mediaUrls);
            newcomer.send(reply);
            handshakes.signalingAccepted();
            newcomer.sendEvent(events.firstPacket(createdMs));
            newcomer.send(sessionUpdate());
            newcomer.keepAlive();
            signaling = newcomer;
            if (media.isMissingAny()) {
                window.open(settings.mediaWindow(), StopReason.AWAIT_RECONNECTION_TIMEOUT);
            } else {
                window.cancel();
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
            newcomer.connection().speak(options.framing(), dialect().has(Deviation.UNKNOWN_MESSAGES));
            ObjectNode reply = Messages.handshakeReply(Messages.DATA_HANDSHAKE_RESPONSE, request, Status.OK.answer())
                    .put(dialect().encryptionField(), false);
            reply.set("media_params", dialect().parameters(newcomer.request().parameters()));
            newcomer.connection().send(reply);
            newcomer.keepAlive();
            handshakes.mediaAccepted(newcomer.request());
            media.add(newcomer);
            gate.noteChange(false);
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
            if (!media.isMissingAny()) {
                becomeActive(current);
            }
            gate.noteChange(true);
        } finally {
            lock.unlock();
        }
    }

    private void becomeActive(Signaling current) {
        window.cancel();
        if (state != WireState.ACTIVE) {
            state = WireState.ACTIVE;
            current.send(dialect().streamState(state, StopReason.UNDEFINED));
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
            videoSubscription.forget();
            media.loseAll().forEach(orphan -> orphan.connection().close(Connection.GOING_AWAY, "signaling was lost"));
            window.open(settings.signalingWindow(), whenNobodyComes);
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
            if (gone.request().media().contains(MediaType.VIDEO)) {
                videoSubscription.forget();
            }
            state = WireState.INTERRUPTED;
            signaling.sendEvent(events.interrupted(System.currentTimeMillis()));
            signaling.send(dialect().streamState(state, StopReason.DATA_CONNECTION_INTERRUPTED));
            window.open(settings.mediaWindow(), whenNobodyComes);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the signaling connection from the server's side, as a fault; false where there is none. */
    boolean dropSignaling() {
        Signaling current = signaling;
        if (current != null) {
            detach(current, StopReason.AWAIT_RECONNECTION_TIMEOUT);
            current.connection().close(dropCode(), "dropped");
        }
        return current != null;
    }

    /** Closes the connection of a medium from the server's side, as a fault; false where there is none. */
    boolean dropMedia(MediaType medium) {
        Media current = gate.find(medium).orElse(null);
        if (current != null) {
            detach(current, StopReason.AWAIT_RECONNECTION_TIMEOUT);
            current.connection().close(dropCode(), "dropped");
        }
        return current != null;
    }

    private short dropCode() {
        return dialect().has(Deviation.DROPS_WITH_1000) ? Connection.NORMAL : Connection.ERROR;
    }

    // ---- what the client is told and asks for

    /** Message 28: chooses a participant's video, or no longer. */
    Status subscribeVideo(long userId, boolean subscribe) {
        lock.lock();
        try {
            if (!media.isIndividualVideo()) {
                return Status.NO_INDIVIDUAL_VIDEO;
            }
            Optional<Participant> who = room.participants().withId(userId);
            if (who.isEmpty()) {
                return Status.NO_SUCH_PARTICIPANT;
            }
            return subscribe ? videoSubscription.subscribe(who.get()) : videoSubscription.unsubscribe(who.get());
        } finally {
            lock.unlock();
        }
    }

    /** Message 9, and what queries are answered from now on. */
    boolean changeSession(SessionState newState) {
        session = newState;
        Signaling current = signaling;
        if (current != null) {
            current.send(sessionUpdate());
        }
        return current != null;
    }

    /** Sends an event to whoever subscribed to it; false where it is lost because there is no signaling. */
    boolean event(ObjectNode event) {
        Signaling current = signaling;
        if (current != null && current.hears(Events.type(event))) {
            current.sendEvent(event);
        }
        return current != null;
    }

    /** Sends any message over signaling; false where there is none. */
    boolean send(JsonNode message) {
        Signaling current = signaling;
        if (current != null) {
            current.send(message);
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
            window.cancel();
            last = signaling;
            all = media.all();
        } finally {
            lock.unlock();
        }
        all.forEach(one -> one.connection().close(Connection.NORMAL, ""));
        if (last != null) {
            event(events.left(room.present(), System.currentTimeMillis()));
            last.send(dialect().streamState(WireState.TERMINATING, reason));
            last.send(dialect().streamState(WireState.TERMINATED, reason));
            last.send(sessionUpdate().put(dialect().sessionReasonField(), reason.number()));
            last.connection().close(Connection.NORMAL, "");
        }
        state = WireState.TERMINATED;
    }

    private ObjectNode sessionUpdate() {
        return Messages.message(Messages.SESSION_STATE_UPDATE)
                .put("rtms_session_id", identity.sessionId())
                .put("state", session().ordinal())
                .put("timestamp", System.currentTimeMillis());
    }

    private boolean isOver() {
        return state == WireState.TERMINATING || state == WireState.TERMINATED;
    }
}
