package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Participant;
import io.rtms.event.SessionState;
import io.rtms.event.StopReason;
import io.rtms.media.AudioCodec;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Notice;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A stream as its server sees it: what it is, what the client asks it for and is told, and what goes wrong. Who is connected is the business
 * of {@link StreamLines}. For all threads.
 */
final class SimulatedStream {
    /** Who plays the stream. Called on event loops; must not block. */
    interface Owner {
        /** The stream has to end. */
        void stop(StopReason reason);

        /** The client has said that it is ready for media. */
        void mediaFlow();
    }

    private static final Fault.OddEnding USUAL_ENDING =
            new Fault.OddEnding(false, Fault.Terminated.USUAL, Fault.Stopped.LAST, Duration.ZERO);

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
    private final Residence residence;
    private final Announcer announcer;
    private final Owner owner;
    private final StreamLines lines;
    private final Breaker breaker;
    private volatile SessionState session = SessionState.STARTED;
    private volatile Fault.OddEnding ending = USUAL_ENDING;

    /** @param server base URL of the servers on which it begins */
    SimulatedStream(
            Production production,
            StreamIdentity identity,
            PlayOptions options,
            Room room,
            String server,
            Owner owner) {
        this.settings = production.settings();
        this.identity = identity;
        this.signature = production.keys().handshakeSignature(identity);
        this.options = options;
        this.room = room;
        this.events = new Events(new Dialect(options.product(), options.deviations()));
        this.refusals = new Refusals(options.refusals());
        this.offer = new MediaOffer(
                options.offered(), settings.strict(), options.sound().hasRecorded(AudioCodec.G722));
        this.residence = new Residence(identity.streamId(), server);
        this.announcer = new Announcer(production.webhooks(), identity, options.webhooks(), residence, owner::stop);
        this.owner = owner;
        this.lines = new StreamLines(production.vertx(), this);
        this.breaker = new Breaker(this, announcer, production.backstage());
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

    /** On which servers it lives. */
    Residence residence() {
        return residence;
    }

    /** Tells of it with webhooks. */
    Announcer announcer() {
        return announcer;
    }

    /** Who is connected. */
    StreamLines lines() {
        return lines;
    }

    /** Where players wait for media. */
    MediaGate gate() {
        return lines.gate();
    }

    /** Breaks it on purpose. */
    Breaker breaker() {
        return breaker;
    }

    WireState state() {
        return lines.state();
    }

    SessionState session() {
        return lines.isOver() ? SessionState.STOPPED : session;
    }

    boolean isSignature(String given) {
        return Signature.matches(signature, given);
    }

    /** The event types to which the client has subscribed. */
    Set<Integer> subscriptions() {
        Signaling current = lines.signaling();
        return current == null ? Set.of() : current.subscriptions();
    }

    void stop(StopReason reason) {
        owner.stop(reason);
    }

    /** The client is ready for media; without the lock. */
    void mediaFlow() {
        owner.mediaFlow();
        if (state() == WireState.ACTIVE) {
            breaker.come(Moment.LIVE);
        }
    }

    /** Signaling is lost; the client has to be told by a webhook. */
    void signalingLost(Notice notice) {
        announcer.interrupted(notice);
    }

    /** What an upgrade on these servers meets, on the way to signaling or to media; empty where it is served. */
    Optional<Fault.Door> door(String server, boolean toSignaling) {
        return residence
                .door(server)
                .or(() -> breaker.door(toSignaling ? Moment.SIGNALING_HANDSHAKE : Moment.MEDIA_HANDSHAKE));
    }

    // ---- what the client is told and asks for

    /** Message 28: chooses a participant's video, or no longer. */
    Status subscribeVideo(long userId, boolean subscribe) {
        if (!lines.isIndividualVideo()) {
            return Status.NO_INDIVIDUAL_VIDEO;
        }
        Optional<Participant> who = room.participants().withId(userId);
        if (who.isEmpty()) {
            return Status.NO_SUCH_PARTICIPANT;
        }
        return subscribe ? videoSubscription.subscribe(who.get()) : videoSubscription.unsubscribe(who.get());
    }

    /** Message 9, and what queries are answered from now on. */
    boolean changeSession(SessionState newState) {
        session = newState;
        return send(sessionUpdate());
    }

    /** Sends an event to whoever subscribed to it; false where it is lost because there is no signaling that works. */
    boolean event(ObjectNode event) {
        Optional<Signaling> current = signaling();
        current.filter(one -> one.hears(Events.type(event))).ifPresent(one -> one.sendEvent(event));
        return current.isPresent();
    }

    /** Sends any message over signaling; false where there is none that works. */
    boolean send(JsonNode message) {
        Optional<Signaling> current = signaling();
        current.ifPresent(one -> one.send(message));
        return current.isPresent();
    }

    private Optional<Signaling> signaling() {
        return Optional.ofNullable(lines.signaling())
                .filter(one -> one.connection().isUsable());
    }

    /** Message 9 as it is now. */
    ObjectNode sessionUpdate() {
        return Messages.message(Messages.SESSION_STATE_UPDATE)
                .put("rtms_session_id", identity.sessionId())
                .put("state", session().ordinal())
                .put("timestamp", System.currentTimeMillis());
    }

    // ---- the end

    /** It will end in this order. */
    void endLike(Fault.OddEnding order) {
        ending = order;
    }

    /** The end, webhook included unless {@code silently}. Waits where the webhook is not accepted, or the order wants pauses. */
    void finish(StopReason reason, boolean silently) throws InterruptedException {
        Fault.OddEnding order = ending;
        if (order.stopped() == Fault.Stopped.FIRST && !silently) {
            announcer.stopped(reason);
            Thread.sleep(order.pause());
        }
        lines.finish(reason, order);
        if (order.stopped() == Fault.Stopped.LAST && !silently) {
            Thread.sleep(order.pause());
            announcer.stopped(reason);
        }
    }
}
