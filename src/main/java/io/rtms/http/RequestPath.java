package io.rtms.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A path in all the ways in which somebody behind the guard may read it. Vert.x decodes only what never needed an escape, and so does the
 * matching of resources; but in a path with a semicolon that decodes the segments first, {@code %2F} included, and leaves matrix parameters out.
 * So a path is guarded if it is in any reading, and is plain only if all readings agree. Immutable.
 */
public final class RequestPath {
    private static final Pattern MATRIX_PARAMETERS = Pattern.compile(";[^/]*");
    /** A backslash is a slash, as for some it is. */
    private static final Pattern SLASHES = Pattern.compile("[/\\\\]+");

    private static final int ESCAPE = 3;

    private final String normalized;
    private final String decoded;

    private RequestPath(String normalized, String decoded) {
        this.normalized = normalized;
        this.decoded = decoded;
    }

    /**
     * Reads a path.
     *
     * @param normalized as Vert.x normalizes it
     * @return empty where its escapes are none, or not of UTF-8
     */
    public static Optional<RequestPath> of(String normalized) {
        return decode(normalized).map(decoded -> new RequestPath(normalized, decoded));
    }

    /** The path as Vert.x normalizes it: what was escaped still is, unless without need. */
    public String normalized() {
        return normalized;
    }

    /** Whether anybody could take it for one of these roots, or for what is below one. */
    public boolean mayBeBelow(Collection<String> roots) {
        Stream<String> readings = Stream.of(
                MATRIX_PARAMETERS.matcher(decoded).replaceAll(""),
                decode(MATRIX_PARAMETERS.matcher(normalized).replaceAll("")).orElse(decoded));
        return isBelow(normalized, roots)
                || readings.map(path -> SLASHES.matcher(path).replaceAll("/"))
                        .anyMatch(path -> isBelow(path, roots) || isBelow(withoutDots(path), roots));
    }

    /** Whether it is one of these roots, or below one, whoever reads it; escaped slashes within an id change nothing about that. */
    public boolean isPlainlyBelow(Collection<String> roots) {
        return isBelow(normalized, roots) && decoded.indexOf(';') < 0;
    }

    private static boolean isBelow(String path, Collection<String> roots) {
        return roots.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }

    private static String withoutDots(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    /** Decodes once, strictly: a path is made of ASCII, and of escapes that are UTF-8. */
    static Optional<String> decode(String path) {
        ByteBuffer bytes = ByteBuffer.allocate(path.length());
        int at = 0;
        while (at < path.length()) {
            char next = path.charAt(at);
            boolean isEscape = next == '%';
            if (isEscape && !isEscape(path, at) || next <= ' ' || next >= '\u007f') {
                return Optional.empty();
            }
            bytes.put((byte) (isEscape ? HexFormat.fromHexDigits(path, at + 1, at + ESCAPE) : next));
            at += isEscape ? ESCAPE : 1;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isEscape(String path, int at) {
        return at + ESCAPE <= path.length()
                && HexFormat.isHexDigit(path.charAt(at + 1))
                && HexFormat.isHexDigit(path.charAt(at + 2));
    }
}
