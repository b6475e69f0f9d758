package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StopReason;

/** A media connection of a stream, for one medium or several (rtms-protocol section 5). */
final class Media implements Role {
    private final Connection connection;
    private final SimulatedStream stream;
    private final MediaRequest request;
    private volatile boolean ready;
    private volatile boolean bufferData = true;

    Media(Connection connection, SimulatedStream stream, MediaRequest request) {
        this.connection = connection;
        this.stream = stream;
        this.request = request;
    }

    Connection connection() {
        return connection;
    }

    MediaRequest request() {
        return request;
    }

    /** Whether the client has said, with message 7, that media may flow. */
    boolean isReady() {
        return ready;
    }

    /** Whether it is ready, and neither closed nor silent. */
    boolean canFlow() {
        return ready && connection.isUsable();
    }

    /** Whether the client wants audio from before it was ready. */
    boolean bufferData() {
        return bufferData;
    }

    void becomeReady(boolean wantsBuffered) {
        bufferData = wantsBuffered;
        ready = true;
    }

    void keepAlive() {
        connection.keepAlive(stream.settings().keepAliveInterval(), () -> {
            stream.lines().detach(this, StopReason.KEEP_ALIVE_TIMEOUT);
            connection.close(Connection.NORMAL, "keep-alive requests were not answered");
        });
    }

    @Override
    public void onMessage(ObjectNode message) {
        if (message.path("msg_type").asInt() == Messages.KEEP_ALIVE_RESPONSE) {
            connection.keptAlive();
        }
    }

    @Override
    public void onGarbage() {
        // Ignored after the handshake.
    }

    @Override
    public void onClose() {
        stream.lines().detach(this, StopReason.AWAIT_RECONNECTION_TIMEOUT);
    }
}
