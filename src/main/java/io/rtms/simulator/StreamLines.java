package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Notice;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who is connected to a stream, and how long to wait for whom (rtms-protocol sections 4, 5 and 7). For all threads; sockets come and go on
 * event loops while players wait here for a medium. Whoever is told about something is told without the lock. Who waits for media waits in
 * {@link MediaGate}.
 *
 * <pre>
 *   INACTIVE --7--> ACTIVE --a connection is lost--> INTERRUPTED --back, and 7--> ACTIVE
 *                      any --finish--> TERMINATING --> TERMINATED
 * </pre>
 */
final class StreamLines {
    /** How long a connection stays after event 7 has said that it is lost, in {@link Fault.Told#EVENT_FIRST}. */
    private static final int AFTER_THE_EVENT_MS = 500;

    private final Vertx vertx;
    private final SimulatedStream stream;
    private final long createdMs = System.currentTimeMillis();
    private final ReentrantLock lock = new ReentrantLock();
    private final MediaConnections media = new MediaConnections();
    private final MediaGate gate;
    private final ReconnectWindow window;
    private final List<Connection> leftOpen = new ArrayList<>();
    private volatile Signaling signaling;
    private volatile WireState state = WireState.INACTIVE;

    StreamLines(Vertx vertx, SimulatedStream stream) {
        this.vertx = vertx;
        this.stream = stream;
        this.gate = new MediaGate(lock, media, stream.options().keepTranscripts());
        this.window = new ReconnectWindow(vertx, stream::stop);
    }

    /** Where players wait for media. */
    MediaGate gate() {
        return gate;
    }

    WireState state() {
        return state;
    }

    boolean isOver() {
        return state == WireState.TERMINATING || state == WireState.TERMINATED;
    }

    /** The signaling connection; null where there is none. */
    Signaling signaling() {
        return signaling;
    }

    /** Every connection. */
    List<Line> all() {
        lock.lock();
        try {
            List<Line> all = new ArrayList<>();
            if (signaling != null) {
                all.add(Line.of(signaling));
            }
            media.all().forEach(one -> all.add(Line.of(one)));
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Whether video flows of the one participant whom the client has to choose. */
    boolean isIndividualVideo() {
        lock.lock();
        try {
            return media.isIndividualVideo();
        } finally {
            lock.unlock();
        }
    }

    // ---- connections come

    /** Takes a signaling connection, unless there is one, and answers message 1. */
    Status attach(Signaling newcomer, ObjectNode request, JsonNode mediaUrls) {
        lock.lock();
        try {
            if (isOver()) {
                return Status.INVALID_RTMS_STREAM_ID;
            }
            if (signaling != null && stream.dialect().has(Deviation.SECOND_SIGNALING_KICKS)) {
                takeOut().forEach(line -> line.connection().end(Ending.CLOSE_1000));
            }
            if (signaling != null) {
                return Status.DUPLICATE_SIGNAL_REQUEST;
            }
            newcomer.connection()
                    .speak(stream.options().framing(), stream.dialect().has(Deviation.UNKNOWN_MESSAGES));
            ObjectNode reply =
                    Messages.handshakeReply(Messages.SIGNALING_HANDSHAKE_RESPONSE, request, Status.OK.answer());
            reply.putObject("media_server").set("server_urls", mediaUrls);
            newcomer.send(reply);
            stream.handshakes().signalingAccepted();
            newcomer.sendEvent(stream.events().firstPacket(createdMs));
            newcomer.send(stream.sessionUpdate());
            newcomer.keepAlive();
            signaling = newcomer;
            leftOpen.forEach(old -> old.close(Connection.GOING_AWAY, "served elsewhere"));
            leftOpen.clear();
            if (media.isMissingAny()) {
                window.open(stream.settings().mediaWindow(), StopReason.AWAIT_RECONNECTION_TIMEOUT);
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
            Dialect dialect = stream.dialect();
            newcomer.connection().speak(stream.options().framing(), dialect.has(Deviation.UNKNOWN_MESSAGES));
            ObjectNode reply = Messages.handshakeReply(Messages.DATA_HANDSHAKE_RESPONSE, request, Status.OK.answer())
                    .put(dialect.encryptionField(), false);
            reply.set("media_params", dialect.parameters(newcomer.request().parameters()));
            newcomer.connection().send(reply);
            newcomer.keepAlive();
            stream.handshakes().mediaAccepted(newcomer.request());
            media.add(newcomer);
            gate.noteChange(false);
            return Status.OK;
        } finally {
            lock.unlock();
        }
    }

    /** Message 7: media flows on every connection that has shaken hands; false where it does not come from the connection that counts. */
    boolean clientReady(Signaling from) {
        lock.lock();
        try {
            if (isOver() || signaling != from || media.isEmpty()) {
                return false;
            }
            media.becomeReady(from.bufferData());
            if (!media.isMissingAny()) {
                window.cancel();
                becomeActive(from);
            }
            gate.noteChange(true);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void becomeActive(Signaling current) {
        if (state != WireState.ACTIVE) {
            state = WireState.ACTIVE;
            current.send(stream.dialect().streamState(state, StopReason.UNDEFINED));
        }
    }

    // ---- connections go

    /** Signaling is lost: the media go with it, and the client has a minute to come back. */
    void detach(Signaling gone, StopReason whenNobodyComes) {
        detach(gone, whenNobodyComes, Ending.CLOSE_1001, Notice.USUAL);
    }

    private void detach(Signaling gone, StopReason whenNobodyComes, Ending mediaEnding, Notice notice) {
        lock.lock();
        try {
            if (signaling != gone) {
                return;
            }
            if (isOver()) {
                signaling = null;
                return;
            }
            takeOut().stream()
                    .filter(line -> !line.isSignaling())
                    .forEach(orphan -> orphan.connection().end(mediaEnding));
            window.open(stream.settings().signalingWindow(), whenNobodyComes);
        } finally {
            lock.unlock();
        }
        stream.signalingLost(notice);
    }

    /** A media connection is lost: event 7, and the client has about a minute to bring it back. */
    void detach(Media gone, StopReason whenNobodyComes) {
        detach(gone, whenNobodyComes, Fault.Told.IN_FULL);
    }

    private void detach(Media gone, StopReason whenNobodyComes, Fault.Told told) {
        lock.lock();
        try {
            if (isOver() || !media.lose(gone) || signaling == null) {
                return;
            }
            if (gone.request().media().contains(MediaType.VIDEO)) {
                stream.videoSubscription().forget();
            }
            state = WireState.INTERRUPTED;
            if (told != Fault.Told.NOTHING) {
                signaling.sendEvent(stream.events().interrupted(System.currentTimeMillis()));
            }
            if (told == Fault.Told.IN_FULL) {
                signaling.send(stream.dialect().streamState(state, StopReason.DATA_CONNECTION_INTERRUPTED));
            }
            window.open(stream.settings().mediaWindow(), whenNobodyComes);
        } finally {
            lock.unlock();
        }
    }

    /** Takes every connection out, as lost; with the lock. What becomes of the connections is the caller's business. */
    private List<Line> takeOut() {
        List<Line> all = all();
        signaling = null;
        media.loseAll();
        state = WireState.INTERRUPTED;
        stream.videoSubscription().forget();
        return all;
    }

    // ---- faults

    /** Ends the signaling connection, and the media with it; false where there is none. */
    boolean dropSignaling(Ending how, Notice notice) {
        Signaling current = signaling;
        if (current != null) {
            Ending media = how == Ending.RESET ? how : Ending.CLOSE_1001;
            detach(current, StopReason.AWAIT_RECONNECTION_TIMEOUT, media, notice);
            current.connection().end(how);
        }
        return current != null;
    }

    /** Ends the connection of a medium; false where there is none. */
    boolean dropMedia(MediaType medium, Ending how, Fault.Told told) {
        Optional<Media> found = find(medium);
        found.ifPresent(current -> {
            detach(current, StopReason.AWAIT_RECONNECTION_TIMEOUT, told);
            if (told == Fault.Told.EVENT_FIRST) {
                current.connection().beSilent(Fault.Depth.MUTE);
                vertx.setTimer(AFTER_THE_EVENT_MS, timer -> current.connection().end(how));
            } else {
                current.connection().end(how);
            }
        });
        return found.isPresent();
    }

    /** Ends every connection, and tells nobody; nobody is waited for. */
    void dropAll(Ending how) {
        lock.lock();
        try {
            if (!isOver()) {
                window.cancel();
                takeOut().forEach(line -> line.connection().end(how));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The stream is served elsewhere from now on, and waits there for the client. */
    void moveTo(String server, Fault.OldServers old) {
        lock.lock();
        try {
            stream.residence().move(server, old);
            if (isOver()) {
                return;
            }
            for (Line line : takeOut()) {
                if (old == Fault.OldServers.STAY) {
                    line.connection().beSilent(Fault.Depth.MUTE);
                    leftOpen.add(line.connection());
                } else {
                    line.connection().close(Connection.GOING_AWAY, "served elsewhere");
                }
            }
            window.open(stream.settings().signalingWindow(), StopReason.AWAIT_RECONNECTION_TIMEOUT);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Media> find(MediaType medium) {
        lock.lock();
        try {
            return media.find(medium);
        } finally {
            lock.unlock();
        }
    }

    // ---- the end

    /** Everybody leaves, states are told, sockets closed after what was sent before; in the usual order or in another. May wait. */
    void finish(StopReason reason, Fault.OddEnding order) throws InterruptedException {
        Signaling last;
        Set<Media> all;
        List<Connection> stale;
        lock.lock();
        try {
            if (isOver()) {
                return;
            }
            state = WireState.TERMINATING;
            window.cancel();
            last = signaling;
            all = media.all();
            stale = List.copyOf(leftOpen);
        } finally {
            lock.unlock();
        }
        if (!order.signalingFirst()) {
            all.forEach(one -> one.connection().close(Connection.NORMAL, ""));
            pause(order);
        }
        if (last != null) {
            sayFarewell(last, reason, order.terminated());
        }
        if (order.signalingFirst()) {
            pause(order);
            all.forEach(one -> one.connection().close(Connection.NORMAL, ""));
        }
        stale.forEach(old -> old.close(Connection.GOING_AWAY, "the stream is over"));
        state = WireState.TERMINATED;
    }

    private static void pause(Fault.OddEnding order) throws InterruptedException {
        if (!order.pause().isZero()) {
            Thread.sleep(order.pause());
        }
    }

    private void sayFarewell(Signaling last, StopReason reason, Fault.Terminated terminated) {
        Dialect dialect = stream.dialect();
        JsonNode isTerminated = dialect.streamState(WireState.TERMINATED, reason);
        if (terminated == Fault.Terminated.FIRST) {
            last.send(isTerminated);
        }
        stream.event(stream.events().left(stream.room().present(), System.currentTimeMillis()));
        last.send(dialect.streamState(WireState.TERMINATING, reason));
        if (terminated == Fault.Terminated.USUAL) {
            last.send(isTerminated);
        }
        last.send(stream.sessionUpdate().put(dialect.sessionReasonField(), reason.number()));
        last.connection().close(Connection.NORMAL, "");
    }
}
