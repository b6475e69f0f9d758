package io.rtms.webhook;

import io.rtms.stream.App;
import io.rtms.stream.Apps;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a webhook costs at the door: its signature, its form, and all that the resource does for one that comes again, which changes nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(0) // the resource lives in the Quarkus application of this JVM
public class WebhookVerification {
    private static final byte[] BODY = """
            {"event":"meeting.rtms_started","event_ts":1732313171881,"payload":{"account_id":"Lq3kqHTwTkCpfP4ZqE9mJA","object":{"meeting_id":"85632547891",\
            "meeting_uuid":"4444AAAiAAAAAiAiAiiAii==","operator_id":"xFQH7s2ZQ0yWVhBDnqrKTQ","rtms_stream_id":"609340fb2a7946909659956c8aa9250c",\
            "server_urls":"wss://rtms-sjc1.zoom.us:443"}}}""".getBytes(StandardCharsets.UTF_8);

    /** Of a stream that is unknown here, so that nothing follows. */
    private static final byte[] WITHOUT_CONSEQUENCES =
            new String(BODY, StandardCharsets.UTF_8).replace("rtms_started", "rtms_stopped").getBytes(StandardCharsets.UTF_8);

    private final WebhookSignature signature = bean(WebhookSignature.class);
    private final WebhookReader reader = bean(WebhookReader.class);
    private final WebhookResource resource = bean(WebhookResource.class);
    private final App app = bean(Apps.class).defaultApp();
    private String timestamp;
    private String signed;
    private WebhookResource.Proof proof;

    private static <T> T bean(Class<T> type) {
        return CDI.current().select(type).get();
    }

    /** Timestamps grow too old with time. */
    @Setup(Level.Iteration)
    public void sign() {
        timestamp = Long.toString(System.currentTimeMillis() / 1000);
        String secret = app.webhookSecrets().getFirst();
        signed = signature.of(secret, timestamp, BODY);
        proof = new WebhookResource.Proof(signature.of(secret, timestamp, WITHOUT_CONSEQUENCES), timestamp, null);
    }

    /** The HMAC of timestamp and body, and the comparison. */
    @Benchmark
    public boolean signature() {
        return signature.matches(app, signed, timestamp, BODY);
    }

    /** The JSON, and what has to be in it. */
    @Benchmark
    public Webhook parse() throws InvalidWebhookException {
        return reader.read(BODY);
    }

    /** Both and all the rest: the body's stream, the time window, replays, counters and the answer. */
    @Benchmark
    public Response resource() throws IOException {
        Response answer = resource.receive(proof, new ByteArrayInputStream(WITHOUT_CONSEQUENCES), null);
        if (answer.getStatus() != Response.Status.NO_CONTENT.getStatusCode()) {
            throw new IllegalStateException("answered " + answer.getStatus());
        }
        return answer;
    }
}
