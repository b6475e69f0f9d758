package io.rtms.webhook;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs and posts webhooks as Zoom does, with any secret. */
final class ZoomSignature {
    private ZoomSignature() {}

    static ValidatableResponse post(String path, String secret, String body) {
        return given().headers(headers(secret, body, now()))
                .contentType("application/json; charset=utf-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then();
    }

    static Map<String, String> headers(String secret, String body, String timestamp) {
        return Map.of(
                "x-zm-signature",
                "v0=" + hmac(secret, "v0:" + timestamp + ":" + body),
                "x-zm-request-timestamp",
                timestamp);
    }

    /** Seconds since the epoch. */
    static String now() {
        return Long.toString(Instant.now().getEpochSecond());
    }

    static String hmac(String secret, String message) {
        return hmac(secret, message, new byte[0]);
    }

    static String hmac(String secret, String begin, byte[] rest) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(begin.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(rest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
