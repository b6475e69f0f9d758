package io.rtms.transcript.relay;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.websockets.next.HandshakeRequest;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.rtms.access.Access;
import io.rtms.access.Admission;
import io.rtms.access.AuditLog;
import io.rtms.access.BearerToken;
import io.rtms.access.Grant;
import io.rtms.access.Refusal;
import io.rtms.access.Scope;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.context.SmallRyeThreadContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.context.ThreadContext;
import org.jboss.logging.Logger;

/**
 * The relay's WebSocket, described in {@code META-INF/asyncapi.yaml}. Its methods run on event loops and only hand over: the connection's
 * {@link TranscriptReader} has a virtual thread of its own. Who is refused is refused after the upgrade, because only then a browser can
 * see the close code.
 */
@WebSocket(path = TranscriptSocket.PATH)
public class TranscriptSocket {
    static final String PATH = "/ws/transcripts";

    private static final Logger LOG = Logger.getLogger(TranscriptSocket.class);
    private static final UserData.TypedKey<TranscriptReader> READER = new UserData.TypedKey<>("reader");

    private final Relay relay;
    private final RelayConfig config;
    private final Access access;

    /** A reader's thread has no contexts: to look for some took a tenth of what it costs to send a message. */
    private final SmallRyeThreadContext noContexts = SmallRyeThreadContext.builder()
            .propagated(ThreadContext.NONE)
            .cleared(ThreadContext.NONE)
            .unchanged(ThreadContext.ALL_REMAINING)
            .build();

    TranscriptSocket(Relay relay, RelayConfig config, Access access) {
        this.relay = relay;
        this.config = config;
        this.access = access;
    }

    /** What the client says before this is done waits for it. */
    @OnOpen
    @NonBlocking
    Uni<Void> onOpen(WebSocketConnection connection) {
        Map<String, List<String>> query = query(connection.handshakeRequest());
        return Uni.createFrom()
                .completionStage(admit(connection.handshakeRequest(), query))
                .invoke(admission -> opened(connection, query, admission))
                .replaceWithVoid();
    }

    private void opened(WebSocketConnection connection, Map<String, List<String>> query, Admission admission) {
        MessageSink sink = new SocketSink(connection, config.sendTimeout());
        switch (admission) {
            case Admission.Granted granted -> open(connection, sink, query, granted.grant());
            case Admission.Refused refused -> {
                refused(connection.handshakeRequest(), refused.refusal());
                sink.close(CloseCode.of(refused.refusal()), refused.refusal().text());
            }
        }
    }

    private void open(WebSocketConnection connection, MessageSink sink, Map<String, List<String>> query, Grant grant) {
        Optional<TranscriptReader> reader = relay.admit(connection.id(), sink);
        if (reader.isEmpty()) {
            turnAway(connection, sink);
            return;
        }
        reader.get().limitTo(grant, () -> refused(connection.handshakeRequest(), Refusal.FOREIGN_STREAM));
        connection.userData().put(READER, reader.get());
        start(reader.get(), query, connection.id());
    }

    private void turnAway(WebSocketConnection connection, MessageSink sink) {
        String text = "too many connections";
        connection
                .sendText(ServerMessages.error(CloseCode.TOO_MANY, text, config.heartbeat()))
                .subscribe()
                .with(done -> sink.close(CloseCode.TOO_MANY, text), gone -> {});
    }

    private void start(TranscriptReader reader, Map<String, List<String>> query, String id) {
        try {
            ClientMessages.parseQuery(query).ifPresent(reader::subscribe);
        } catch (BadMessage e) {
            reader.reject(e.getMessage());
        }
        Thread.ofVirtual()
                .name("relay-" + id)
                .start(() -> SmallRyeThreadContext.withThreadContext(noContexts, () -> relay.run(reader)));
    }

    @OnTextMessage
    @NonBlocking
    void onText(WebSocketConnection connection, String message) {
        reader(connection).ifPresent(reader -> reader.receive(message));
    }

    @OnBinaryMessage
    @NonBlocking
    void onBinary(WebSocketConnection connection, Buffer message) {
        reader(connection).ifPresent(reader -> reader.close(CloseCode.BAD_MESSAGE, "messages are text"));
    }

    @OnPongMessage
    @NonBlocking
    void onPong(WebSocketConnection connection, Buffer payload) {
        reader(connection).ifPresent(TranscriptReader::heard);
    }

    @OnClose
    @NonBlocking
    void onClose(WebSocketConnection connection) {
        reader(connection).ifPresent(TranscriptReader::stop);
    }

    /** A message above the server's limit ends here, and everything that breaks the protocol. */
    @OnError
    @NonBlocking
    void onError(WebSocketConnection connection, Throwable error) {
        LOG.debugf("Connection %s: %s", connection.id(), error.getMessage());
        new SocketSink(connection, config.sendTimeout()).close(CloseCode.BAD_MESSAGE, "not a message for this socket");
        reader(connection).ifPresent(TranscriptReader::stop);
    }

    private CompletionStage<Admission> admit(HandshakeRequest request, Map<String, List<String>> query) {
        Optional<Refusal> foreign = access.checkOrigin(
                Optional.ofNullable(request.header("Origin")), Optional.ofNullable(request.header("Host")));
        if (foreign.isPresent()) {
            return CompletableFuture.completedFuture(new Admission.Refused(foreign.get()));
        }
        Optional<String> token = BearerToken.of(request.header("Authorization"), ClientMessages.first(query, "token"));
        Optional<String> ticket = Optional.ofNullable(ClientMessages.first(query, "ticket"));
        String stream = ClientMessages.first(query, "stream");
        return access.admit(token, ticket, stream == null ? Scope.relay() : Scope.relay(stream));
    }

    private void refused(HandshakeRequest request, Refusal refusal) {
        access.refused(refusal, AuditLog.Door.RELAY, request.remoteAddress(), "WebSocket " + PATH);
    }

    private static Optional<TranscriptReader> reader(WebSocketConnection connection) {
        return Optional.ofNullable(connection.userData().get(READER));
    }

    private static Map<String, List<String>> query(HandshakeRequest request) {
        String query = request.query();
        return query == null ? Map.of() : new QueryStringDecoder(query, false).parameters();
    }
}
