package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Posts Zoom's webhooks (rtms-protocol section 1): signed, with Zoom's three seconds of patience, and again where they are not accepted.
 * Blocking, for virtual threads. What cannot be delivered is logged, with what the receiver answered and what to do, and given up.
 */
final class Webhooks implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Webhooks.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SimulatorConfig settings;
    private final Supplier<URI> target;
    private final String secretToken;
    private final AtomicBoolean validated = new AtomicBoolean();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    Webhooks(SimulatorConfig settings, Supplier<URI> target, String secretToken) {
        this.settings = settings;
        this.target = target;
        this.secretToken = secretToken;
    }

    /** Validates the endpoint, the first time. */
    void validateOnce() throws InterruptedException {
        if (!validated.get()) {
            validate();
        }
    }

    /** Sends the URL validation challenge (section 1.4); true where it was answered rightly. */
    boolean validate() throws InterruptedException {
        String plainToken = UUID.randomUUID().toString().replace("-", "");
        byte[] body = envelope(
                "endpoint.url_validation",
                System.currentTimeMillis(),
                Messages.object().put("plainToken", plainToken));
        Optional<HttpResponse<String>> answer = deliver("endpoint.url_validation", body, status -> {});
        if (answer.isEmpty()) {
            return false;
        }
        ObjectNode reply = Messages.parse(answer.get().body()).orElseGet(Messages::object);
        boolean right = reply.path("plainToken").asText().equals(plainToken)
                && Signature.matches(
                        Signature.ofChallenge(secretToken, plainToken),
                        reply.path("encryptedToken").asText());
        validated.set(right);
        if (!right) {
            LOG.warnf(
                    "The validation challenge was answered %d without the right plainToken and encryptedToken (hex HMAC-SHA256 of the plain"
                            + " token with the webhook secret). Zoom would refuse this URL; the simulator goes on.",
                    answer.get().statusCode());
        }
        return right;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** The body of a webhook about a stream; the time is milliseconds since the epoch. */
    byte[] body(String event, long eventTs, ObjectNode payload) {
        return envelope(
                event, eventTs, settings.nestedPayload() ? Messages.object().set("object", payload) : payload);
    }

    private static byte[] envelope(String event, long eventTs, ObjectNode payload) {
        ObjectNode body = Messages.object().put("event", event).put("event_ts", eventTs);
        body.set("payload", payload);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Posts the same body until it is accepted or the last retry is over.
     *
     * @param answered is told the status of each answer, 0 where there is none
     */
    Optional<HttpResponse<String>> deliver(String event, byte[] body, IntConsumer answered)
            throws InterruptedException {
        Optional<HttpResponse<String>> answer = post(event, body, answered);
        for (Duration pause : settings.webhookRetries()) {
            if (answer.isPresent()) {
                return answer;
            }
            Thread.sleep(pause);
            answer = post(event, body, answered);
        }
        if (answer.isEmpty()) {
            LOG.errorf("Webhook %s was not accepted and is given up", event);
        }
        return answer;
    }

    private Optional<HttpResponse<String>> post(String event, byte[] body, IntConsumer answered)
            throws InterruptedException {
        int status = 0;
        URI url = target.get();
        String timestamp = Long.toString(System.currentTimeMillis() / 1000);
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("content-type", "application/json; charset=utf-8")
                .header("x-zm-request-timestamp", timestamp)
                .header("x-zm-signature", Signature.ofWebhook(secretToken, timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            status = answer.statusCode();
            if (answer.statusCode() == 200 || answer.statusCode() == 204) {
                return Optional.of(answer);
            }
            LOG.warnf("Webhook %s: %s answered %d. %s", event, url, answer.statusCode(), advice(answer.statusCode()));
        } catch (ConnectException e) {
            LOG.warnf(
                    "Webhook %s: nobody listens at %s. Start the service or set rtms.simulator.webhook-url.",
                    event, url);
        } catch (IOException e) {
            LOG.warnf("Webhook %s: no answer from %s in %d s (%s).", event, url, PATIENCE.toSeconds(), e);
        } finally {
            answered.accept(status);
        }
        return Optional.empty();
    }

    private static String advice(int status) {
        return switch (status) {
            case 400 -> "It misses something in the body: see its answer and rtms.simulator.nested-payload.";
            case 401, 403 ->
                "It refuses the signature: both sides need the same rtms.webhook.secrets (ZM_RTMS_WEBHOOK_SECRET), and clocks that agree.";
            case 404, 405 ->
                "There is no webhook endpoint: see rtms.webhook.path (ZM_RTMS_PATH) and rtms.simulator.webhook-url.";
            case 503 -> "It is busy or not ready yet.";
            default -> "Zoom expects 200 or 204.";
        };
    }
}
