package io.rtms.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.sound.Sound;
import io.rtms.event.StopReason;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/**
 * How old an audio frame is when a CDI observer sees it: the simulator stamps each frame when it makes it, just before it writes it to the
 * socket. {@code -Dmeetings=25}, two speakers each, 100 frames a second and meeting; service and simulator share one process here.
 */
@QuarkusTest
@TestProfile(BenchProfile.class)
class MeetingLatencyTest {
    private static final int MEETINGS = Integer.getInteger("meetings", 25);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(20);

    @Inject
    Simulator simulator;

    @Inject
    ListeningObserver observer;

    @Test
    void agesOfFrames() throws InterruptedException, IOException {
        MeetingScript script = MeetingScript.parse(
                "bench", "WEBVTT\n\n00:00.000 --> 59:00.000\n<v Ann>a</v>\n\n00:00.000 --> 59:00.000\n<v Bob>b</v>\n");
        PlayOptions options = PlayOptions.defaults().withSound((speaker, index) -> new StampedSound());
        List<SimulatedMeeting> meetings = new ArrayList<>();
        for (int i = 0; i < MEETINGS; i++) {
            meetings.add(simulator.play(script, options));
        }
        Thread.sleep(WARM_UP);
        Histogram ages = observer.measure();
        Thread.sleep(MEASURED);
        observer.stopMeasuring();
        meetings.forEach(meeting -> meeting.stop(StopReason.MEETING_ENDED));
        tell(ages);
    }

    private static void tell(Histogram ages) throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("benchmark", MeetingLatencyTest.class.getName());
        figures.put("meetings", MEETINGS);
        figures.put("frames", ages.getTotalCount());
        figures.put("seconds", MEASURED.toSeconds());
        figures.put("p50Millis", ages.getValueAtPercentile(50) / 1e6);
        figures.put("p99Millis", ages.getValueAtPercentile(99) / 1e6);
        figures.put("p99.9Millis", ages.getValueAtPercentile(99.9) / 1e6);
        figures.put("maxMillis", ages.getMaxValue() / 1e6);
        System.out.println(figures);
        Files.createDirectories(Benchmarks.RESULTS);
        Files.writeString(
                Benchmarks.RESULTS.resolve("MeetingLatency.json"),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures));
    }

    /** Writes the time into the first bytes of each frame. */
    private static final class StampedSound extends Sound {
        StampedSound() {
            super(new byte[640]);
        }

        @Override
        public void peek(byte[] frame) {
            super.peek(frame);
            ByteBuffer.wrap(frame).putLong(0, System.nanoTime());
        }
    }
}
