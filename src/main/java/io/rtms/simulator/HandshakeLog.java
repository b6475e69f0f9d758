package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.media.MediaType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a client asked a stream for and was given, for tests to read. For all threads. */
final class HandshakeLog {
    private static final int KEPT = 1000;

    private final Deque<ObjectNode> requests = new ArrayDeque<>();
    private final Deque<Ledger.Attempt> attempts = new ArrayDeque<>();
    private final Map<MediaType, ObjectNode> byMedium = new EnumMap<>(MediaType.class);
    private final Map<MediaType, ObjectNode> parameters = new EnumMap<>(MediaType.class);
    private int signalingAttempts;
    private int signalingAccepted;

    /** A handshake, or the upgrade before it, was answered or not. */
    synchronized void attempted(Ledger.Attempt attempt) {
        if (attempts.size() == KEPT) {
            attempts.removeFirst();
        }
        attempts.add(attempt);
    }

    /** The last thousand attempts, in the order in which they were answered. */
    synchronized List<Ledger.Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** Message 1 came, with the right signature. */
    synchronized void signalingAsked() {
        signalingAttempts++;
    }

    synchronized void signalingAccepted() {
        signalingAccepted++;
    }

    /** Message 3 came, with the right signature; for these media. */
    synchronized void mediaAsked(Set<MediaType> media, ObjectNode request) {
        if (requests.size() == KEPT) {
            requests.removeFirst();
        }
        requests.add(request);
        media.forEach(medium -> byMedium.put(medium, request));
    }

    synchronized void mediaAccepted(MediaRequest accepted) {
        accepted.media()
                .forEach(medium -> parameters.put(
                        medium, (ObjectNode) accepted.parameters().path(medium.label())));
    }

    synchronized int signalingAttempts() {
        return signalingAttempts;
    }

    synchronized int signalingHandshakes() {
        return signalingAccepted;
    }

    /** The last thousand of message 3, in the order in which they came. */
    synchronized List<ObjectNode> requests() {
        return new ArrayList<>(requests.stream().map(ObjectNode::deepCopy).toList());
    }

    synchronized Set<MediaType> requestedMedia() {
        return byMedium.isEmpty() ? EnumSet.noneOf(MediaType.class) : EnumSet.copyOf(byMedium.keySet());
    }

    synchronized Optional<ObjectNode> request(MediaType medium) {
        return Optional.ofNullable(byMedium.get(medium)).map(ObjectNode::deepCopy);
    }

    synchronized Optional<ObjectNode> parameters(MediaType medium) {
        return Optional.ofNullable(parameters.get(medium)).map(ObjectNode::deepCopy);
    }
}
