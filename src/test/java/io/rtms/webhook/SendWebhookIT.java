package io.rtms.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.RtmsMain;
import io.rtms.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --send-webhook} of the packaged program, to a service that runs. */
class SendWebhookIT {
    private static final Map<String, String> SECRETS = Map.of(
            "rtms.webhook.secrets", "newest,older",
            "rtms.apps.sales.webhook-secrets", "of-sales",
            "rtms.transcripts.dir", "",
            "rtms.stream.journal-dir", "");

    @TempDir
    static Path folder;

    private static Service service;
    private static String url;
    private static String webhook;

    @BeforeAll
    static void start() throws Exception {
        service = Service.start(SECRETS);
        url = "http://localhost:%d/webhook".formatted(service.port());
        webhook = Files.writeString(
                        folder.resolve("webhook.json"),
                        "{\"event\":\"endpoint.url_validation\",\"event_ts\":1,\"payload\":{\"plainToken\":\"abc\"}}")
                .toString();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        service.stop();
    }

    @Test
    void aFileIsSignedAndTheAnswerShown() throws Exception {
        Service.Outcome outcome = Service.run(SECRETS, "--send-webhook", webhook, url);
        assertEquals(0, outcome.status(), outcome.output());
        assertTrue(outcome.output().contains("answered 200"), outcome.output());
        assertTrue(outcome.output().contains("encryptedToken"), outcome.output());
    }

    @Test
    void aNamedAppsSecretSigns() throws Exception {
        assertEquals(
                0,
                Service.run(SECRETS, "--send-webhook", webhook, url + "/sales", "sales")
                        .status());
        Service.Outcome wrong = Service.run(SECRETS, "--send-webhook", webhook, url, "sales");
        assertEquals(1, wrong.status());
        assertTrue(wrong.output().contains("answered 401"), wrong.output());
    }

    @Test
    void whatIsMissingIsSaid() throws IOException, InterruptedException {
        assertOutcome(
                1,
                "cannot be read",
                "--send-webhook",
                folder.resolve("nothing.json").toString(),
                url);
        assertOutcome(1, "Nobody listens", "--send-webhook", webhook, "http://localhost:1/webhook");
        assertOutcome(1, "rtms.apps.support.webhook-secrets", "--send-webhook", webhook, url, "support");
        assertOutcome(RtmsMain.USAGE, "Usage", "--send-webhook");
    }

    private static void assertOutcome(int status, String expected, String... arguments)
            throws IOException, InterruptedException {
        Service.Outcome outcome = Service.run(SECRETS, arguments);
        assertEquals(status, outcome.status(), outcome.output());
        assertTrue(outcome.output().contains(expected), outcome.output());
    }
}
