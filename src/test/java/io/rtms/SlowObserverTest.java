package io.rtms;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.rtms.event.TranscriptData;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An observer that takes its time delays its own meeting and no other. */
@QuarkusTest
class SlowObserverTest {
    private static final String SLOW = "wait five seconds for every word";

    @Inject
    Simulator simulator;

    @Inject
    RecordedEvents recorded;

    @Inject
    Dawdler dawdler;

    @Test
    void oneMeetingsSlowObserverDelaysNoOther() throws InterruptedException {
        SimulatedMeeting slow =
                simulator.play(script(SLOW, 10), PlayOptions.defaults().withSpeed(20));
        assertTrue(dawdler.began.await(20, TimeUnit.SECONDS), "the slow observer is at work");
        MeetingScript other = script("talk", 200);
        SimulatedMeeting quick = simulator.play(other, PlayOptions.defaults().withSpeed(100));
        assertTrue(quick.awaitEnd(Duration.ofSeconds(30)).isPresent());
        await().atMost(Duration.ofSeconds(4)).until(() -> recorded.isOver(quick.streamId()));
        assertEquals(200, recorded.lines(quick.streamId()).size());
        assertFalse(recorded.isOver(slow.streamId()), "the slow observer is still at work");
        dawdler.hurry.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> recorded.isOver(slow.streamId()));
        assertEquals(10, recorded.lines(slow.streamId()).size());
    }

    private static MeetingScript script(String text, int cues) {
        StringBuilder vtt = new StringBuilder("WEBVTT\n");
        for (int i = 0; i < cues; i++) {
            vtt.append("\n00:%02d:%02d.000 --> 00:%02d:%02d.900\n<v Ann>%s</v>\n"
                    .formatted(i / 60, i % 60, i / 60, i % 60, text));
        }
        return MeetingScript.parse("script", vtt.toString());
    }

    /** Takes five seconds for each line of the slow meeting, until it is told to hurry. */
    @Singleton
    static class Dawdler {
        final CountDownLatch began = new CountDownLatch(1);
        final CountDownLatch hurry = new CountDownLatch(1);

        void onLine(@Observes TranscriptData line) throws InterruptedException {
            if (line.text().equals(SLOW)) {
                began.countDown();
                hurry.await(5, TimeUnit.SECONDS);
            }
        }
    }
}
