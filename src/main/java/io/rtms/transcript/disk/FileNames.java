package io.rtms.transcript.disk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names of transcript files. A stream id of lower-case letters, digits, dashes and underscores, as Zoom's are, is its own name; of any other what
 * can be read is kept and its hash is added, so that no two ids share a name, whatever a file system makes of capitals.
 */
final class FileNames {
    static final String LOG = ".jsonl";
    /** What was damaged in the file of the same name. */
    static final String DAMAGED = ".corrupt";
    /** What was not finished; of no use after a crash. */
    static final String UNFINISHED = ".tmp";

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9_-]{1,64}");
    private static final Pattern UNREADABLE = Pattern.compile("[^A-Za-z0-9_-]+");
    private static final int READABLE = 40;
    private static final int HASH_BYTES = 16;

    private FileNames() {}

    /** The name of a stream's files, without what tells their kind. */
    static String of(String streamId) {
        if (PLAIN.matcher(streamId).matches()) {
            return streamId;
        }
        String start = streamId.substring(0, Math.min(READABLE, streamId.length()));
        return UNREADABLE.matcher(start).replaceAll("_") + '~' + hash(streamId);
    }

    private static String hash(String streamId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(streamId.getBytes(StandardCharsets.UTF_16BE));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
