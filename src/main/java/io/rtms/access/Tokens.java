package io.rtms.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** A set of secrets that answers in the same time whatever it is asked. Only digests are kept. Safe for any thread. */
final class Tokens {
    private final List<byte[]> digests;

    Tokens(Collection<String> tokens) {
        this.digests = tokens.stream().map(Tokens::digest).toList();
    }

    boolean contains(String candidate) {
        byte[] wanted = digest(candidate);
        boolean found = false;
        for (byte[] digest : digests) {
            found |= MessageDigest.isEqual(digest, wanted);
        }
        return found;
    }

    /** A secret's digest as text, to look it up by. */
    static String fingerprint(String secret) {
        return HexFormat.of().formatHex(digest(secret));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
