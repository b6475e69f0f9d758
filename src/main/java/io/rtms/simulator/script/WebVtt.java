package io.rtms.simulator.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads WebVTT as far as meetings need it: voice tags ({@code <v Name>words</v>}), cues of several lines, cue identifiers and settings,
 * NOTE,
 * STYLE and REGION blocks, times with or without hours (second 60, as rounding
 * makes it, is the next minute). Lines of one cue are joined by a space; several voices in one cue become several
 * cues with the same times; other tags are left out and character references resolved. One instance reads one text.
 */
final class WebVtt {
    private static final String NOBODY = "Unknown speaker";
    private static final String ARROW = "-->";
    private static final Pattern TIMING = Pattern.compile("\\s*(\\S+)\\s+-->\\s+(\\S+)(?:\\s.*)?");
    private static final Pattern TIME = Pattern.compile("(?:(\\d{2,}):)?([0-5]\\d):([0-5]\\d|60)\\.(\\d{3})");
    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z]*|[\\d:.]+)(?:\\.[^\\s>]*)?(?:\\s+([^>]*))?>");

    private final String name;
    private final List<String> lines;
    private final List<Cue> cues = new ArrayList<>();
    private int at;

    WebVtt(String name, String text) {
        this.name = name;
        this.lines =
                (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    }

    List<Cue> cues() {
        if (lines.isEmpty() || !lines.getFirst().matches("WEBVTT([ \\t].*)?")) {
            throw new ScriptException(name, 1, "a WebVTT file begins with WEBVTT");
        }
        skipBlock();
        while (skipBlankLines()) {
            readBlock();
        }
        if (cues.isEmpty()) {
            throw new ScriptException(name, Math.max(1, lines.size()), "the file ends and has no cues");
        }
        return cues;
    }

    private void readBlock() {
        if (lines.get(at).matches("(NOTE|STYLE|REGION)([ \\t].*)?")
                && !lines.get(at).contains(ARROW)) {
            skipBlock();
            return;
        }
        int begin = at;
        if (!lines.get(at).contains(ARROW)) {
            at++; // the cue's identifier
        }
        if (!inBlock() || !lines.get(at).contains(ARROW)) {
            throw new ScriptException(
                    name, begin + 1, "this cue has no time line, such as 00:00:01.000 --> 00:00:02.500");
        }
        readCue();
    }

    private void readCue() {
        Matcher timing = TIMING.matcher(lines.get(at));
        if (!timing.matches()) {
            throw new ScriptException(name, at + 1, "expected 00:00:01.000 --> 00:00:02.500");
        }
        long begin = millis(timing.group(1));
        long end = millis(timing.group(2));
        if (end < begin) {
            throw new ScriptException(name, at + 1, "the cue ends before it begins");
        }
        StringBuilder payload = new StringBuilder();
        for (at++; inBlock(); at++) {
            if (lines.get(at).contains(ARROW)) {
                throw new ScriptException(name, at + 1, "a blank line is missing before this cue");
            }
            payload.append(payload.isEmpty() ? "" : " ").append(lines.get(at).strip());
        }
        addVoices(begin, end, payload.toString());
    }

    private void addVoices(long begin, long end, String payload) {
        String speaker = NOBODY;
        StringBuilder words = new StringBuilder();
        Matcher tag = TAG.matcher(payload);
        int from = 0;
        while (tag.find()) {
            words.append(payload, from, tag.start());
            from = tag.end();
            if (!"v".equals(tag.group(2))) {
                continue;
            }
            addCue(begin, end, speaker, words);
            boolean opens = tag.group(1).isEmpty() && tag.group(3) != null;
            speaker = opens ? unescape(tag.group(3).strip()) : NOBODY;
        }
        addCue(begin, end, speaker, words.append(payload, from, payload.length()));
    }

    private void addCue(long begin, long end, String speaker, StringBuilder words) {
        String text = unescape(words.toString().strip());
        words.setLength(0);
        if (!text.isEmpty()) {
            cues.add(new Cue(begin, end, speaker, text));
        }
    }

    private long millis(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new ScriptException(name, at + 1, "\"" + text + "\" is no time; expected 00:01.000 or 00:00:01.000");
        }
        try {
            long hours = time.group(1) == null ? 0 : Integer.parseInt(time.group(1));
            long seconds = (hours * 60 + Long.parseLong(time.group(2))) * 60 + Long.parseLong(time.group(3));
            return seconds * 1000 + Long.parseLong(time.group(4));
        } catch (NumberFormatException e) {
            throw new ScriptException(name, at + 1, "\"" + text + "\" has too many hours");
        }
    }

    private static String unescape(String text) {
        return text.indexOf('&') < 0
                ? text
                : text.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&nbsp;", "\u00A0")
                        .replace("&lrm;", "\u200E")
                        .replace("&rlm;", "\u200F")
                        .replace("&amp;", "&");
    }

    private boolean inBlock() {
        return at < lines.size() && !lines.get(at).isBlank();
    }

    private void skipBlock() {
        while (inBlock()) {
            at++;
        }
    }

    /** Goes to the next line with something on it; false where there is none. */
    private boolean skipBlankLines() {
        while (at < lines.size() && lines.get(at).isBlank()) {
            at++;
        }
        return at < lines.size();
    }
}
