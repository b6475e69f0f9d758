package io.rtms.transcript.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rtms.transcript.log.EntryJson;
import io.rtms.transcript.log.EntryKind;
import io.rtms.transcript.log.LogEntry;
import io.rtms.transcript.log.TranscriptLog.Gap;
import io.rtms.transcript.log.TranscriptLog.GapCause;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a line of a transcript file: for which numbers it stands. A line is a relay message, sealed by a checksum ({@link LineSeal}):
 * that of an entry, or the {@code gap} that tells readers of entries that are missing.
 */
sealed interface LogLine {
    /** Bytes of a line at the most, more than one message of Zoom's becomes; what is longer is damaged. */
    int MOST_BYTES = 32 << 20;

    /** The stream. */
    String streamId();

    /** The first number for which it stands. */
    long firstSeq();

    /** The last number for which it stands. */
    long lastSeq();

    /** An entry; its text is left in the line. */
    record Entry(String streamId, long seq, EntryKind kind) implements LogLine {
        @Override
        public long firstSeq() {
            return seq;
        }

        @Override
        public long lastSeq() {
            return seq;
        }
    }

    /** Entries that are missing. */
    record Missing(String streamId, Gap gap) implements LogLine {
        @Override
        public long firstSeq() {
            return gap.fromSeq();
        }

        @Override
        public long lastSeq() {
            return gap.toSeq();
        }
    }

    /** The line of an entry, with its end. */
    static byte[] of(String streamId, LogEntry entry) {
        byte[] line = LineSeal.seal(entry.json());
        return line.length <= MOST_BYTES ? line : of(streamId, new Gap(entry.seq(), entry.seq(), GapCause.LOST));
    }

    /** The line of entries that are missing, with its end. */
    static byte[] of(String streamId, Gap gap) {
        return LineSeal.seal(EntryJson.gap(streamId, gap));
    }

    /** What a line says, if it is in order. */
    static Optional<LogLine> read(byte[] line, int length) {
        return LineSeal.isSealed(line, length) ? new Parser().parse(line, length) : Optional.empty();
    }

    /** Reads no further than it must: what tells of a line stands at its beginning. */
    final class Parser {
        private static final JsonFactory JSON = new JsonFactory();
        private static final String GAP = "gap";

        private String type = "";
        private String streamId = "";
        private long seq;
        private long fromSeq;
        private long toSeq;
        private String cause = "";

        private Parser() {}

        private Optional<LogLine> parse(byte[] line, int length) {
            try (JsonParser json = JSON.createParser(line, 0, length)) {
                Optional<LogLine> read = Optional.empty();
                json.nextToken();
                while (read.isEmpty() && json.nextToken() == JsonToken.FIELD_NAME) {
                    field(json);
                    read = line();
                }
                return read;
            } catch (IOException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private void field(JsonParser json) throws IOException {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "type" -> type = json.getText();
                case "streamId" -> streamId = json.getText();
                case "seq" -> seq = json.getLongValue();
                case "fromSeq" -> fromSeq = json.getLongValue();
                case "toSeq" -> toSeq = json.getLongValue();
                case "cause" -> cause = json.getText();
                default -> json.skipChildren();
            }
        }

        private Optional<LogLine> line() {
            if (type.equals(GAP)) {
                return fromSeq > 0 && toSeq >= fromSeq && !cause.isEmpty() ? Optional.of(missing()) : Optional.empty();
            }
            return seq > 0 ? EntryKind.ofLabel(type).map(kind -> new Entry(streamId, seq, kind)) : Optional.empty();
        }

        private LogLine missing() {
            return new Missing(streamId, new Gap(fromSeq, toSeq, GapCause.valueOf(cause.toUpperCase(Locale.ROOT))));
        }
    }
}
