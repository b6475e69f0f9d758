package io.rtms.simulator;

import io.rtms.simulator.fault.Fault;
import java.util.Optional;

/** On which servers a stream lives, and what those do that it has left. Servers are known by the base of their URLs. For all threads. */
final class Residence {
    private static final String SIGNALING = "/signaling";
    private static final String MEDIA = "/media/";

    private final String streamId;
    private volatile String server;
    private volatile Fault.OldServers old = Fault.OldServers.CLOSE;

    Residence(String streamId, String server) {
        this.streamId = streamId;
        this.server = server;
    }

    /** The stream that a path of {@link #signalingUrl()} or {@link #mediaUrl} names; empty text where it names none. */
    static String streamOf(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? "" : path.substring(1, end);
    }

    /** Whether a path is that of a signaling connection. */
    static boolean isSignaling(String path) {
        return path.endsWith(SIGNALING);
    }

    String server() {
        return server;
    }

    /** What webhooks put into {@code server_urls}. */
    String signalingUrl() {
        return server + "/" + streamId + SIGNALING;
    }

    /** What message 2 puts into {@code server_urls} for a medium, or for {@code all}. */
    String mediaUrl(String label) {
        return server + "/" + streamId + MEDIA + label;
    }

    void move(String newServer, Fault.OldServers whatTheOldOnesDo) {
        old = whatTheOldOnesDo;
        server = newServer;
    }

    /** What upgrades meet on servers that the stream has left; empty where they are served. */
    Optional<Fault.Door> door(String asked) {
        boolean closed = !asked.equals(server) && old == Fault.OldServers.CLOSE;
        return closed ? Optional.of(Fault.Door.HTTP_503) : Optional.empty();
    }

    /** What handshakes are answered on servers that the stream has left; empty where they are served. */
    Optional<Answer> refusal(String asked) {
        if (asked.equals(server)) {
            return Optional.empty();
        }
        return Optional.of((old == Fault.OldServers.STAY ? Status.DUPLICATE_SIGNAL_REQUEST : Status.MOVED).answer());
    }
}
