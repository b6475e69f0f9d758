package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.EventType;
import io.rtms.event.StopReason;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Refusal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A stream's signaling connection (rtms-protocol section 4). Messages come in on its event loop; any thread may send. */
final class Signaling implements Role {
    private final Connection connection;
    private final SimulatedStream stream;
    private final boolean bufferData;
    private final Set<Integer> subscriptions = ConcurrentHashMap.newKeySet();

    Signaling(Connection connection, SimulatedStream stream, boolean bufferData) {
        this.connection = connection;
        this.stream = stream;
        this.bufferData = bufferData;
    }

    Connection connection() {
        return connection;
    }

    /** Whether audio from before the client was ready is wanted. */
    boolean bufferData() {
        return bufferData;
    }

    Set<Integer> subscriptions() {
        return Set.copyOf(subscriptions);
    }

    /** Whether an event is sent: one that was subscribed to, that comes unasked, or that Zoom's lists do not name. */
    boolean hears(int eventType) {
        return subscriptions.contains(eventType) || !stream.dialect().needsSubscription(eventType);
    }

    void send(JsonNode message) {
        connection.send(message);
    }

    void sendEvent(ObjectNode event) {
        ObjectNode message = Messages.message(Messages.EVENT_UPDATE);
        message.set("event", event);
        connection.send(message);
    }

    void keepAlive() {
        connection.keepAlive(stream.settings().keepAliveInterval(), () -> {
            stream.lines().detach(this, StopReason.KEEP_ALIVE_TIMEOUT);
            connection.close(Connection.NORMAL, "keep-alive requests were not answered");
        });
    }

    @Override
    public void onMessage(ObjectNode message) {
        switch (message.path("msg_type").asInt()) {
            case Messages.EVENT_SUBSCRIPTION -> message.path("events").forEach(this::subscribe);
            case Messages.CLIENT_READY -> becomeReady();
            case Messages.KEEP_ALIVE_RESPONSE -> connection.keptAlive();
            case Messages.SESSION_STATE_REQUEST ->
                answerSessionState(message.path("rtms_session_id").asText());
            case Messages.STREAM_STATE_REQUEST ->
                answerStreamState(message.path("rtms_stream_id").asText());
            case Messages.STREAM_CLOSE_REQUEST ->
                closeStream(message.path("rtms_stream_id").asText());
            case Messages.VIDEO_SUBSCRIPTION_REQUEST -> subscribeVideo(message);
            default -> {
                // What a server does not know it ignores.
            }
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

    private void becomeReady() {
        if (stream.lines().clientReady(this)) {
            stream.mediaFlow();
        }
    }

    /** An object with event_type and subscribe; a bare number, as some clients send it, subscribes. */
    private void subscribe(JsonNode wish) {
        int type = wish.isInt() ? wish.asInt() : wish.path("event_type").asInt();
        if (!wish.path("subscribe").asBoolean(true)) {
            subscriptions.remove(type);
        } else if (subscriptions.add(type) && type == EventType.PARTICIPANT_JOIN.number()) {
            sendEvent(stream.events().joined(stream.room().present(), System.currentTimeMillis()));
        }
    }

    private void answerSessionState(String sessionId) {
        Answer answer = answer(
                Refusal.Request.SESSION_STATE,
                stream.identity().sessionId().equals(sessionId) ? Status.OK : Status.INVALID_RTMS_SESSION_ID);
        ObjectNode reply = answer.isOk()
                ? Messages.message(Messages.SESSION_STATE_RESPONSE)
                        .put("state", stream.session().ordinal())
                : Messages.reply(Messages.SESSION_STATE_RESPONSE, answer);
        send(reply.put("rtms_session_id", sessionId).put("timestamp", System.currentTimeMillis()));
    }

    private void answerStreamState(String streamId) {
        Answer answer =
                answer(Refusal.Request.STREAM_STATE, isThis(streamId) ? Status.OK : Status.INVALID_RTMS_STREAM_ID);
        ObjectNode reply = answer.isOk()
                ? Messages.message(Messages.STREAM_STATE_RESPONSE)
                        .put("state", stream.state().ordinal())
                : Messages.reply(Messages.STREAM_STATE_RESPONSE, answer);
        send(reply.put("rtms_stream_id", streamId)
                .put("timestamp", stream.dialect().stateTimestamp()));
    }

    private void closeStream(String streamId) {
        stream.breaker().come(Moment.LEAVING);
        if (!connection.isUsable()) {
            return;
        }
        Answer answer =
                answer(Refusal.Request.STREAM_CLOSE, isThis(streamId) ? Status.OK : Status.INVALID_RTMS_STREAM_ID);
        send(requestReply(Messages.STREAM_CLOSE_RESPONSE, answer).put("rtms_stream_id", streamId));
        if (answer.isOk()) {
            stream.stop(StopReason.RECEIVER_REQUEST_CLOSE);
        }
    }

    private void subscribeVideo(ObjectNode message) {
        long userId = message.path("user_id").asLong();
        Answer answer = stream.refusals()
                .take(Refusal.Request.VIDEO_SUBSCRIPTION)
                .orElseGet(() -> stream.subscribeVideo(
                                userId, message.path("subscribe").asBoolean(true))
                        .answer());
        send(requestReply(Messages.VIDEO_SUBSCRIPTION_RESPONSE, answer).put("user_id", userId));
    }

    private Answer answer(Refusal.Request request, Status otherwise) {
        return stream.refusals().take(request).orElseGet(otherwise::answer);
    }

    private static ObjectNode requestReply(int type, Answer answer) {
        return Messages.reply(type, answer)
                .put("reason", answer.isOk() ? "OK" : answer.reason())
                .put("timestamp", System.currentTimeMillis());
    }

    private boolean isThis(String streamId) {
        return stream.identity().streamId().equals(streamId);
    }
}
