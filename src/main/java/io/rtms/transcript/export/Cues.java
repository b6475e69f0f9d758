package io.rtms.transcript.export;

import java.io.IOException;
import java.util.Collection;
import java.util.Locale;

/** Lines as subtitles (WebVTT, SubRip) and, with chat messages between them, as plain text. Times count from the first line. */
final class Cues {
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;
    private static final long SECOND = 1_000;

    /** How long a line is shown whose end is not known, milliseconds. */
    private static final long SHOWN_AT_LEAST = 2_000;

    private Cues() {}

    static void webVtt(Collection<Line> lines, Appendable to) throws IOException {
        to.append("WEBVTT\n");
        long zero = zero(lines);
        for (Line line : lines) {
            to.append('\n')
                    .append(times(line, zero, '.'))
                    .append("\n<v ")
                    .append(escaped(line.speaker()))
                    .append('>')
                    .append(escaped(line.words()))
                    .append('\n');
        }
    }

    static void subRip(Collection<Line> lines, Appendable to) throws IOException {
        long zero = zero(lines);
        int number = 0;
        for (Line line : lines) {
            to.append(Integer.toString(++number))
                    .append('\n')
                    .append(times(line, zero, ','))
                    .append('\n')
                    .append(plain(line))
                    .append("\n\n");
        }
    }

    static void plain(Collection<Line> lines, Appendable to) throws IOException {
        for (Line line : lines) {
            to.append(plain(line)).append('\n');
        }
    }

    private static String plain(Line line) {
        return line.speaker() + (line.written() ? " (chat): " : ": ") + line.words();
    }

    private static String times(Line line, long zero, char point) {
        long start = line.startMs() - zero;
        long end = line.endMs() - zero;
        return time(start, point) + " --> " + time(end > start ? end : start + SHOWN_AT_LEAST, point);
    }

    private static long zero(Collection<Line> lines) {
        return lines.stream().mapToLong(Line::startMs).min().orElse(0);
    }

    private static String time(long millis, char point) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                millis / HOUR,
                millis % HOUR / MINUTE,
                millis % MINUTE / SECOND,
                point,
                millis % SECOND);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
