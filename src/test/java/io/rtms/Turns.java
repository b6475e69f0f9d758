package io.rtms;

import io.rtms.simulator.script.MeetingScript;
import java.util.List;
import java.util.stream.IntStream;

/** A meeting in which Ann and Bob speak in turns, a second each: "line 0", "line 1" and so on. */
public final class Turns {
    private Turns() {}

    public static MeetingScript script(int lines) {
        StringBuilder vtt = new StringBuilder("WEBVTT\n");
        for (int i = 0; i < lines; i++) {
            String second = "%02d:%02d:%02d".formatted(i / 3600, i / 60 % 60, i % 60);
            vtt.append("\n%s.000 --> %s.900\n<v %s>line %d</v>\n"
                    .formatted(second, second, i % 2 == 0 ? "Ann" : "Bob", i));
        }
        return MeetingScript.parse("turns", vtt.toString());
    }

    /** What is said in such a meeting. */
    public static List<String> texts(int lines) {
        return IntStream.range(0, lines).mapToObj(i -> "line " + i).toList();
    }
}
