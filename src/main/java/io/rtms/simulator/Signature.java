package io.rtms.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Zoom's signatures: lower-case hex HMAC-SHA256 (rtms-protocol sections 1.3, 1.4 and 3). Values are secrets and are never logged. */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The signature of messages 1 and 3; {@code id} exactly as it stood in the webhook. */
    static String ofHandshake(String clientId, String clientSecret, String id, String streamId) {
        return hmac(clientSecret, (clientId + "," + id + "," + streamId).getBytes(StandardCharsets.UTF_8));
    }

    /** The value of {@code x-zm-signature} for a body sent at this time, seconds since the epoch. */
    static String ofWebhook(String secretToken, String timestamp, byte[] body) {
        byte[] head = ("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[head.length + body.length];
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return "v0=" + hmac(secretToken, message);
    }

    /** The {@code encryptedToken} that a validation challenge is to be answered with. */
    static String ofChallenge(String secretToken, String plainToken) {
        return hmac(secretToken, plainToken.getBytes(StandardCharsets.UTF_8));
    }

    /** Compares in constant time. */
    static boolean matches(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from this Java", e);
        }
    }
}
