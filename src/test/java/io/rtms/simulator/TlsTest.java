package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.simulator.script.MeetingScript;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** With a certificate for localhost that was made for these tests and that nobody trusts. */
class TlsTest {
    private static final String CERT = "simulator/tls-cert.pem";
    private static final String KEY = "simulator/tls-key.pem";

    @Test
    void servesWssWithTheConfiguredCertificate() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom("tls.cert", file(CERT), "tls.key", file(KEY));
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting()).build()) {
            assertTrue(zoom.simulator().gatewayUrl().startsWith("wss://"));
            URI https = URI.create(zoom.simulator().gatewayUrl().replace("wss:", "https:"));
            HttpResponse<Void> answer =
                    client.send(HttpRequest.newBuilder(https).build(), HttpResponse.BodyHandlers.discarding());
            assertEquals(426, answer.statusCode());
            SimulatedMeeting meeting = zoom.simulator()
                    .play(MeetingScript.demo(), PlayOptions.defaults().withWebhooks(false));
            try (Client signaling = Client.connect(client, zoom.simulator().signalingUrl())) {
                signaling.send(SimulatedZoom.signalingRequest(meeting));
                assertEquals(
                        0,
                        signaling
                                .expect(Messages.SIGNALING_HANDSHAKE_RESPONSE)
                                .path("status_code")
                                .asInt(-1));
            }
        }
    }

    @Test
    void aCertificateWithoutItsKeyIsAnError() throws Exception {
        String cert = file(CERT);
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> new SimulatedZoom("tls.cert", cert));
        assertTrue(e.getMessage().contains("rtms.simulator.tls.key"));
    }

    @Test
    void aPortThatIsTakenIsAnError() throws Exception {
        try (SimulatedZoom zoom = new SimulatedZoom()) {
            int port = URI.create(zoom.simulator().gatewayUrl()).getPort();
            IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> new SimulatedZoom("port", Integer.toString(port)));
            assertTrue(e.getMessage().contains("127.0.0.1:" + port), e.getMessage());
        }
    }

    private static SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (InputStream pem = TlsTest.class.getResourceAsStream("/" + CERT)) {
            store.setCertificateEntry(
                    "test", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String file(String resource) throws Exception {
        return Path.of(TlsTest.class.getResource("/" + resource).toURI()).toString();
    }
}
