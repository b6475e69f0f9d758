package io.rtms.simulator;

import io.rtms.simulator.script.Cue;
import io.rtms.simulator.script.MeetingScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who speaks in a script at a position that only goes forward. For one thread. */
final class Turns {
    private final List<Cue> cues;
    private final List<Cue> speaking = new ArrayList<>();
    private final long endMs;
    private int nextCue;
    private long positionMs;

    Turns(MeetingScript script) {
        cues = script.cues().stream()
                .sorted(Comparator.comparingLong(Cue::beginMs))
                .toList();
        endMs = script.durationMs();
    }

    long positionMs() {
        return positionMs;
    }

    long endMs() {
        return endMs;
    }

    boolean isOver() {
        return positionMs >= endMs;
    }

    void advance(long ms) {
        positionMs += ms;
    }

    /** Goes over silence; false where only silence is left, and then it is over. */
    boolean findSpeakers() {
        while (true) {
            speaking.removeIf(cue -> cue.endMs() <= positionMs);
            while (nextCue < cues.size() && cues.get(nextCue).beginMs() <= positionMs) {
                Cue cue = cues.get(nextCue++);
                if (cue.endMs() > positionMs) {
                    speaking.add(cue);
                }
            }
            if (!speaking.isEmpty()) {
                return true;
            }
            if (nextCue == cues.size()) {
                positionMs = endMs;
                return false;
            }
            positionMs = cues.get(nextCue).beginMs();
        }
    }

    /** Who speaks at the position, those who began first before the others, each once. */
    List<String> speakers() {
        return speaking.stream().map(Cue::speaker).distinct().toList();
    }
}
