package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The expected values were computed with another implementation of HMAC. */
class SignatureTest {
    @Test
    void signsHandshakes() {
        assertEquals(
                "1f8a1dd87c8551ccca17d8e49c43e7f220128f7f7dfcdf8791d350528654054c",
                Signature.ofHandshake("client", "secret", "aB+/9w==", "stream"));
    }

    @Test
    void signsTheBytesOfWebhooks() {
        byte[] body = "{\"a\":\"ü🚲\"}".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "v0=2ffe0efc6fc2bd61014e75d3ef9b3d533a48299b99a98126691fd3b42037acc6",
                Signature.ofWebhook("token", "1700000000", body));
    }

    @Test
    void answersChallenges() {
        assertEquals(
                "f21515bd16589f1392823ca71c66551ebde47cacf7a4ce5e6d2ab2ad30cc71b1",
                Signature.ofChallenge("token", "plain"));
    }

    @Test
    void comparesWholeValues() {
        assertTrue(Signature.matches("abc", "abc"));
        assertFalse(Signature.matches("abc", "ab"));
        assertFalse(Signature.matches("abc", "abC"));
    }
}
