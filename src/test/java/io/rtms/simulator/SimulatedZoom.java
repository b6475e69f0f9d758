package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Product;
import io.rtms.simulator.script.MeetingScript;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A simulator for one test, with credentials of its own, on a free port, and what a client needs to talk to it. */
public final class SimulatedZoom implements AutoCloseable {
    static final AppKeys KEYS = new AppKeys("client", "secret", "token");
    static final int MEDIA_AUDIO = 1;
    static final int MEDIA_TRANSCRIPT = 8;
    static final int MEDIA_ALL = 32;

    private final Vertx vertx = Vertx.vertx();
    private final Simulator simulator;

    /** Keys without their prefix, and values. */
    public SimulatedZoom(String... settings) {
        SimulatorConfig config = config(settings);
        simulator = new Simulator(vertx, config, () -> KEYS, new WebhookTarget(config, "/webhook"));
        simulator.start();
    }

    /** Configuration for tests; keys without their prefix, and values. */
    static SimulatorConfig config(String... settings) {
        Map<String, String> values = new HashMap<>();
        values.put("rtms.simulator.settle", "100MS");
        values.put("rtms.simulator.webhook-retries", "50MS,50MS,50MS");
        for (int i = 0; i < settings.length; i += 2) {
            values.put("rtms.simulator." + settings[i], settings[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SimulatorConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(SimulatorConfig.class);
    }

    /** Plays meetings. */
    public Simulator simulator() {
        return simulator;
    }

    /** What a service has to be configured with that is to be its client. */
    public static Map<String, String> credentials() {
        return Map.of(
                "rtms.app.client-id", KEYS.clientId(),
                "rtms.app.client-secret", KEYS.clientSecret(),
                "rtms.webhook.secrets", KEYS.secretToken());
    }

    /** Plays without webhooks. */
    SimulatedMeeting play(String webVtt, double speed) {
        return play(webVtt, PlayOptions.defaults().withSpeed(speed));
    }

    SimulatedMeeting play(String webVtt, PlayOptions options) {
        return simulator.play(MeetingScript.parse("test", webVtt), options.withWebhooks(false));
    }

    /** Message 1 for a meeting, rightly signed. */
    static ObjectNode signalingRequest(SimulatedMeeting meeting) {
        return request(Messages.SIGNALING_HANDSHAKE_REQUEST, meeting);
    }

    /** Message 3 for a meeting, rightly signed. */
    static ObjectNode mediaRequest(SimulatedMeeting meeting, int mediaType) {
        return request(Messages.DATA_HANDSHAKE_REQUEST, meeting)
                .put("media_type", mediaType)
                .put("payload_encryption", false);
    }

    private static ObjectNode request(int type, SimulatedMeeting meeting) {
        Product product = meeting.options().product();
        return Messages.message(type)
                .put("protocol_version", 1)
                .put("sequence", 1)
                .put(product.idKey(), meeting.meetingUuid())
                .put("rtms_stream_id", meeting.streamId())
                .put("signature", signature(meeting));
    }

    static String signature(SimulatedMeeting meeting) {
        return Signature.ofHandshake(KEYS.clientId(), KEYS.clientSecret(), meeting.meetingUuid(), meeting.streamId());
    }

    Client connect() {
        return Client.connect(simulator.signalingUrl());
    }

    /** A signaling socket that has shaken hands and read message 2, event 1 and message 9. */
    Client signaling(SimulatedMeeting meeting) throws InterruptedException {
        Client signaling = connect().send(signalingRequest(meeting));
        signaling.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE);
        signaling.expect(Messages.EVENT_UPDATE);
        signaling.expect(Messages.SESSION_STATE_UPDATE);
        return signaling;
    }

    /** A media socket that has sent this message 3 and read message 4. */
    Client media(ObjectNode request) throws InterruptedException {
        Client media = Client.connect(simulator.gatewayUrl() + "/media").send(request);
        media.expect(Messages.DATA_HANDSHAKE_RESPONSE);
        return media;
    }

    /** A media socket, once signaling has shaken hands. */
    Client mediaAfterSignaling(Client signaling, SimulatedMeeting meeting, int mediaType) throws InterruptedException {
        signaling.expect(Messages.SIGNALING_HANDSHAKE_RESPONSE);
        return media(meeting, mediaType);
    }

    Client media(SimulatedMeeting meeting, int mediaType) throws InterruptedException {
        return media(mediaRequest(meeting, mediaType));
    }

    /** A signaling socket of a stream where its servers are now, that has shaken hands and read message 2, event 1 and message 9. */
    static Client signalingAtHome(SimulatedMeeting meeting) throws InterruptedException {
        Client signaling = Client.connect(meeting.signalingUrl()).send(signalingRequest(meeting));
        assertEquals(
                0,
                signaling
                        .expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                        .path("status_code")
                        .asInt(-1));
        signaling.expect(Messages.EVENT_UPDATE);
        signaling.expect(Messages.SESSION_STATE_UPDATE);
        return signaling;
    }

    /** A media socket of a stream where its servers are now, that has shaken hands. */
    static Client mediaAtHome(SimulatedMeeting meeting, int mediaType) throws InterruptedException {
        String url = meeting.signalingUrl().replace("/signaling", "/media/all");
        Client media = Client.connect(url).send(mediaRequest(meeting, mediaType));
        assertEquals(
                0,
                media.expect(Messages.DATA_HANDSHAKE_RESPONSE)
                        .path("status_code")
                        .asInt(-1));
        return media;
    }

    /** A meeting in which Ana says Word 0, Word 1 and so on, a second each. */
    static String words(int count) {
        StringBuilder webVtt = new StringBuilder("WEBVTT\n");
        for (int i = 0; i < count; i++) {
            webVtt.append("\n%s --> %s\n<v Ana>Word %d</v>\n".formatted(time(i), time(i + 1), i));
        }
        return webVtt.toString();
    }

    private static String time(int second) {
        return "%02d:%02d:%02d.000".formatted(second / 3600, second / 60 % 60, second % 60);
    }

    /** The texts of {@link #words}. */
    static List<String> wordsFrom(int first, int end) {
        return IntStream.range(first, end).mapToObj(i -> "Word " + i).toList();
    }

    static ObjectNode ready(SimulatedMeeting meeting) {
        return Messages.message(Messages.CLIENT_READY).put("rtms_stream_id", meeting.streamId());
    }

    static ObjectNode subscribe(int... eventTypes) {
        ObjectNode message = Messages.message(Messages.EVENT_SUBSCRIPTION);
        for (int type : eventTypes) {
            message.withArray("events").addObject().put("event_type", type).put("subscribe", true);
        }
        return message;
    }

    @Override
    public void close() throws Exception {
        simulator.stop();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
