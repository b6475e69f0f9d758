package io.rtms.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import io.rtms.event.WebhookReceived;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What it takes to join a stream. What is given here wins over the app's configuration, and that over the environment.
 *
 * @param stream the stream
 * @param serverUrls signaling servers, tried in order
 * @param app name of the configured app whose credentials and connection settings fill in what is not given here
 * @param clientId the app's client id
 * @param clientSecret the app's client secret, of which the signature is made
 * @param signature a ready signature, instead of the two
 * @param timeout how long to try before the first join counts as failed
 * @param ca PEM file of the certificate authorities to trust
 * @param verify whether servers' certificates are checked
 * @param proxy {@code http://[user:password@]host:port} of an HTTP proxy that lets us CONNECT
 * @param bufferData whether Zoom delivers the audio captured before the join
 * @param rejoin whether the stream was joined before, here or by another process, so that a connection that Zoom still holds may be that one
 */
public record JoinRequest(
        StreamRef stream,
        List<String> serverUrls,
        String app,
        Optional<String> clientId,
        Optional<String> clientSecret,
        Optional<String> signature,
        Optional<Duration> timeout,
        Optional<String> ca,
        Optional<Boolean> verify,
        Optional<String> proxy,
        boolean bufferData,
        boolean rejoin) {
    /** Name of the app that is configured without a name. */
    public static final String DEFAULT_APP = "default";

    /** Characters of a stranger's event in a message. */
    private static final int MOST_EVENT = 64;

    /** @throws IllegalArgumentException where something is missing */
    public JoinRequest {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(app, "app");
        serverUrls = List.copyOf(serverUrls);
        require(!stream.streamId().isEmpty(), "rtms_stream_id is missing");
        require(!stream.id().isEmpty(), stream.product().idKey() + " is missing");
        require(!serverUrls.isEmpty(), "server_urls is missing");
        require(clientId.isPresent() == clientSecret.isPresent(), "clientId and clientSecret go together");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** A builder with nothing in it. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * What a webhook asks for that announces a stream, with the app whose secret signed it.
     *
     * @throws IllegalArgumentException where it is about no stream, or a field is missing; the message names it
     */
    public static JoinRequest fromWebhook(WebhookReceived webhook) {
        WebhookPayload payload = new WebhookPayload(webhook.payload());
        return of(payload, productOf(webhook.event())).app(webhook.app()).build();
    }

    /**
     * What a webhook asks for that announces a stream, for those who take in webhooks by themselves.
     *
     * @param webhook the {@code payload} object, or the whole webhook: there {@code event} says which product streams, else the id that is there
     * @throws IllegalArgumentException where it is about no stream, or a field is missing; the message names it
     */
    public static JoinRequest fromWebhook(JsonNode webhook) {
        if (webhook == null || !webhook.has("payload")) {
            WebhookPayload payload = new WebhookPayload(webhook);
            return of(payload, payload.product()).build();
        }
        WebhookPayload payload = new WebhookPayload(webhook.path("payload"));
        JsonNode event = webhook.path("event");
        return of(payload, event.isTextual() ? productOf(event.asText()) : payload.product())
                .build();
    }

    private static Product productOf(String event) {
        return WebhookPayload.productOf(event)
                .orElseThrow(() -> new IllegalArgumentException("event %s is about no stream"
                        .formatted(event.substring(0, Math.min(event.length(), MOST_EVENT)))));
    }

    private static Builder of(WebhookPayload payload, Product product) {
        return builder().stream(payload.stream(product)).serverUrls(payload.serverUrls());
    }

    /** A builder that starts with these. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Whether something to sign with, or a signature, is there. */
    public boolean canSign() {
        return signature.isPresent() || clientId.isPresent();
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "JoinRequest[stream=%s, serverUrls=%s, app=%s]".formatted(stream, serverUrls, app);
    }

    /** Puts a request together; exactly one of the ids says which product streams. */
    public static final class Builder {
        private Product product = Product.MEETING;
        private String id = "";
        private String streamId = "";
        private List<String> serverUrls = List.of();
        private String app = DEFAULT_APP;
        private String clientId;
        private String clientSecret;
        private String signature;
        private Duration timeout;
        private String ca;
        private Boolean verify;
        private String proxy;
        private boolean bufferData = true;
        private boolean rejoin;

        private Builder() {}

        private Builder(JoinRequest from) {
            stream(from.stream);
            serverUrls = from.serverUrls;
            app = from.app;
            clientId = from.clientId.orElse(null);
            clientSecret = from.clientSecret.orElse(null);
            signature = from.signature.orElse(null);
            timeout = from.timeout.orElse(null);
            ca = from.ca.orElse(null);
            verify = from.verify.orElse(null);
            proxy = from.proxy.orElse(null);
            bufferData = from.bufferData;
            rejoin = from.rejoin;
        }

        /** A meeting. */
        public Builder meetingUuid(String value) {
            return of(Product.MEETING, value);
        }

        /** A webinar. */
        public Builder webinarUuid(String value) {
            return of(Product.WEBINAR, value);
        }

        /** A session of the Video SDK. */
        public Builder sessionId(String value) {
            return of(Product.VIDEO_SDK, value);
        }

        /** An engagement of the contact center. */
        public Builder engagementId(String value) {
            return of(Product.CONTACT_CENTER, value);
        }

        /** A phone call. */
        public Builder callId(String value) {
            return of(Product.PHONE, value);
        }

        /** {@code rtms_stream_id}. */
        public Builder streamId(String value) {
            streamId = value;
            return this;
        }

        /** Product, id and stream id at once. */
        public Builder stream(StreamRef value) {
            streamId = value.streamId();
            return of(value.product(), value.id());
        }

        /** Signaling servers, tried in order. */
        public Builder serverUrls(List<String> values) {
            serverUrls = List.copyOf(values);
            return this;
        }

        /** Signaling servers as a webhook names them: comma separated. */
        public Builder serverUrls(String commaSeparated) {
            serverUrls = List.of(commaSeparated.split(",")).stream()
                    .map(String::strip)
                    .filter(url -> !url.isEmpty())
                    .toList();
            return this;
        }

        /** The configured app whose settings fill in what is not given. */
        public Builder app(String name) {
            app = name;
            return this;
        }

        /** Credentials that win over those of the app. */
        public Builder credentials(String id, String secret) {
            clientId = Objects.requireNonNull(id, "clientId");
            clientSecret = Objects.requireNonNull(secret, "clientSecret");
            return this;
        }

        /** A ready signature, instead of credentials. */
        public Builder signature(String value) {
            signature = value;
            return this;
        }

        /** How long to try before the first join counts as failed. */
        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        /** PEM file of the certificate authorities to trust. */
        public Builder ca(String pemFile) {
            ca = pemFile;
            return this;
        }

        /** Whether servers' certificates are checked. */
        public Builder verify(boolean value) {
            verify = value;
            return this;
        }

        /** {@code http://[user:password@]host:port}. */
        public Builder proxy(String url) {
            proxy = url;
            return this;
        }

        /** Whether Zoom delivers the audio captured before the join; it does by default. */
        public Builder bufferData(boolean value) {
            bufferData = value;
            return this;
        }

        /** Whether the stream was joined before: a connection that Zoom still holds is waited for, instead of being taken for somebody else's. */
        public Builder rejoin(boolean value) {
            rejoin = value;
            return this;
        }

        private Builder of(Product newProduct, String newId) {
            product = newProduct;
            id = Objects.requireNonNull(newId, newProduct.idKey());
            return this;
        }

        /** @throws IllegalArgumentException where something is missing */
        public JoinRequest build() {
            return new JoinRequest(
                    new StreamRef(streamId, product, id),
                    serverUrls,
                    app,
                    Optional.ofNullable(clientId),
                    Optional.ofNullable(clientSecret),
                    Optional.ofNullable(signature),
                    Optional.ofNullable(timeout),
                    Optional.ofNullable(ca),
                    Optional.ofNullable(verify),
                    Optional.ofNullable(proxy),
                    bufferData,
                    rejoin);
        }
    }
}
