package io.rtms.simulator;

import static io.rtms.simulator.SimulatedZoom.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.script.Happening;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.script.TimedHappening;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {
    private static final MeetingScript HOUR = MeetingScript.parse("hour", words(3600));

    @Test
    void theSameSeedDrawsTheSamePlanAndAnotherAnother() {
        assertEquals(plan(7, 10), plan(7, 10));
        assertNotEquals(plan(7, 10), plan(8, 10));
    }

    @Test
    void faultsAreSpreadOverTheMeeting() {
        ChaosPlan plan = plan(1, 10);
        long times = plan.faults().stream().map(TimedHappening::atMs).distinct().count();
        assertTrue(times > 150 && times < 900, () -> "one in twenty seconds of a meeting at speed 2, not " + times);
        assertEquals(
                plan.faults().stream().map(TimedHappening::atMs).sorted().toList(),
                plan.faults().stream().map(TimedHappening::atMs).toList());
        assertTrue(plan.faults().getLast().atMs() < HOUR.durationMs());
    }

    @Test
    void silenceNeedsLongPauses() {
        Set<Class<?>> quick = kinds(plan(1, 1));
        assertFalse(quick.contains(Fault.Silence.class));
        assertTrue(quick.size() > 6, quick::toString);
        MeetingScript day = MeetingScript.parse(
                "day",
                "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v A>a</v>\n\n95:00:00.000 --> 95:00:01.000\n<v A>z</v>\n");
        assertTrue(kinds(ChaosPlan.draw(new Random(3), day, 1, Duration.ofMinutes(2)))
                .contains(Fault.Silence.class));
    }

    @Test
    void aPlanIsPartOfTheMeetingThatIsPlayed() {
        ChaosPlan plan = plan(1, 10);
        MeetingScript demo = MeetingScript.demo();
        MeetingScript broken = plan.applyTo(demo);
        assertEquals(
                demo.happenings().size() + plan.faults().size(),
                broken.happenings().size());
        assertEquals(demo.people(), broken.people());
        PlayOptions options = ChaosPlan.options(PlayOptions.defaults());
        assertTrue(options.keepTranscripts());
        assertTrue(options.overlap().toMillis() > 0);
    }

    @Test
    void aPauseOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ChaosPlan.draw(new Random(1), HOUR, 1, Duration.ZERO));
    }

    private static ChaosPlan plan(long seed, int pauseSeconds) {
        return ChaosPlan.draw(new Random(seed), HOUR, 2, Duration.ofSeconds(pauseSeconds));
    }

    private static Set<Class<?>> kinds(ChaosPlan plan) {
        return plan.faults().stream()
                .map(one -> ((Happening.Broken) one.what()).fault().fault().getClass())
                .collect(Collectors.toSet());
    }
}
