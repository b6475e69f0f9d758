package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Product;
import io.rtms.media.MediaType;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Refusal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A socket that has not shaken hands yet (messages 1 to 4). A handshake that fails is answered and the socket closed with 1000. */
final class Newcomer implements Role {
    private final Connection connection;
    private final String server;
    private final Streams streams;
    private final Consumer<Role> become;

    /** @param server base URL of the server to which it came */
    Newcomer(Connection connection, String server, Streams streams, Consumer<Role> become) {
        this.connection = connection;
        this.server = server;
        this.streams = streams;
        this.become = become;
    }

    @Override
    public void onMessage(ObjectNode message) {
        switch (message.path("msg_type").asInt()) {
            case Messages.SIGNALING_HANDSHAKE_REQUEST -> joinSignaling(message);
            case Messages.DATA_HANDSHAKE_REQUEST -> joinMedia(message);
            default -> refuse(Messages.SIGNALING_HANDSHAKE_RESPONSE, message, Status.INVALID_MESSAGE_TYPE.answer());
        }
    }

    @Override
    public void onGarbage() {
        refuse(Messages.SIGNALING_HANDSHAKE_RESPONSE, Messages.object(), Status.INVALID_PAYLOAD.answer());
    }

    @Override
    public void onClose() {
        // Nobody knows this socket yet.
    }

    private void joinSignaling(ObjectNode request) {
        join(Messages.SIGNALING_HANDSHAKE_RESPONSE, request, Set.of(), this::joinSignaling);
    }

    private void joinMedia(ObjectNode request) {
        join(Messages.DATA_HANDSHAKE_RESPONSE, request, MediaOffer.named(request), this::joinMedia);
    }

    /** What a stream answers a handshake. */
    private interface Handshake {
        Answer answer(SimulatedStream stream, ObjectNode request);
    }

    private void join(int replyType, ObjectNode request, Set<MediaType> asked, Handshake handshake) {
        Status status = check(request);
        if (status != Status.OK) {
            refuse(replyType, request, status.answer());
            return;
        }
        SimulatedStream stream = streams.find(request.path("rtms_stream_id").asText());
        boolean isSignaling = replyType == Messages.SIGNALING_HANDSHAKE_RESPONSE;
        if (isSignaling) {
            stream.handshakes().signalingAsked();
        } else {
            stream.handshakes().mediaAsked(asked, request);
        }
        Optional<Answer> elsewhere = stream.residence().refusal(server);
        if (elsewhere.isEmpty()) {
            Moment moment = isSignaling ? Moment.SIGNALING_HANDSHAKE : Moment.MEDIA_HANDSHAKE;
            stream.breaker().come(moment, new Line(connection, isSignaling, asked));
        }
        int told = Ledger.Attempt.NO_ANSWER;
        if (connection.isUsable()) {
            Answer answer = elsewhere.orElseGet(() -> handshake.answer(stream, request));
            told = answer.code();
            if (!answer.isOk()) {
                refuse(replyType, request, answer);
            }
        }
        stream.handshakes()
                .attempted(new Ledger.Attempt(System.currentTimeMillis(), isSignaling, asked, connection.url(), told));
    }

    private Answer joinSignaling(SimulatedStream stream, ObjectNode request) {
        Optional<Answer> refusal = stream.refusals().take(Refusal.Request.SIGNALING_HANDSHAKE);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Signaling signaling =
                new Signaling(connection, stream, request.path("buffer_data").asBoolean(true));
        Status status = stream.lines().attach(signaling, request, streams.mediaUrls(stream));
        if (status == Status.OK) {
            become.accept(signaling);
        }
        return status.answer();
    }

    private Answer joinMedia(SimulatedStream stream, ObjectNode request) {
        Optional<Answer> refusal = stream.refusals().take(Refusal.Request.MEDIA_HANDSHAKE, MediaOffer.named(request));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Status status = stream.offer().check(request);
        if (status != Status.OK) {
            return status.answer();
        }
        Media media = new Media(connection, stream, stream.offer().grant(request));
        status = stream.lines().attach(media, request);
        if (status == Status.OK) {
            become.accept(media);
            streams.explain(stream.offer(), request);
        }
        return status.answer();
    }

    private Status check(JsonNode request) {
        Optional<String> id = Arrays.stream(Product.values())
                .map(product -> request.path(product.idKey()))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
        JsonNode streamId = request.path("rtms_stream_id");
        JsonNode signature = request.path("signature");
        if (id.isEmpty() || !streamId.isTextual() || !signature.isTextual()) {
            return Status.INVALID_PAYLOAD;
        }
        SimulatedStream stream = streams.find(streamId.asText());
        if (stream == null) {
            return Status.INVALID_RTMS_STREAM_ID;
        }
        if (!stream.identity().id().equals(id.get())) {
            return Status.INVALID_PAYLOAD;
        }
        return stream.isSignature(signature.asText()) ? Status.OK : Status.INVALID_SIGNATURE;
    }

    private void refuse(int type, JsonNode request, Answer answer) {
        connection.send(Messages.handshakeReply(type, request, answer));
        connection.close(Connection.NORMAL, "");
    }
}
