package io.rtms.webhook;

import io.rtms.stream.App;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs and checks as Zoom does (rtms-protocol section 1.3): over the bytes of the body, never over text made of them. */
@Singleton
class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";

    private final Duration maxAge;
    private final InstantSource clock = InstantSource.system();

    WebhookSignature(WebhookConfig config) {
        this.maxAge = config.maxAge();
    }

    /** Whether one of the app's secrets made this signature. Takes the same time wherever it differs. */
    boolean matches(App app, String signature, String timestamp, byte[] body) {
        if (signature == null || timestamp == null) {
            return false;
        }
        byte[] given = signature.getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (String secret : app.webhookSecrets()) {
            matches |= MessageDigest.isEqual(of(secret, timestamp, body).getBytes(StandardCharsets.UTF_8), given);
        }
        return matches;
    }

    /** What this secret's owner signs a body with at this time, Unix seconds. */
    String of(String secret, String timestamp, byte[] body) {
        return "v0=" + hmac(secret, ("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8), body);
    }

    /** Whether the timestamp, Unix seconds, is near enough to now. */
    boolean isRecent(String timestamp) {
        try {
            long seconds = Long.parseLong(timestamp);
            return Math.abs(Math.subtractExact(clock.instant().getEpochSecond(), seconds)) <= maxAge.toSeconds();
        } catch (NumberFormatException | ArithmeticException e) {
            return false;
        }
    }

    /** Answer to the URL validation: the token, signed with the app's newest secret, in hex. */
    String encryptedToken(App app, String plainToken) {
        return hmac(app.webhookSecrets().getFirst(), plainToken.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String secret, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
