package io.rtms.page;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OpenConnections;
import io.rtms.simulator.PlayOptions;
import io.rtms.simulator.SimulatedMeeting;
import io.rtms.simulator.Simulator;
import io.rtms.simulator.script.MeetingScript;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in a browser, before the real service: simulated Zoom, webhook, native library, relay and all. */
@QuarkusTest
class LivePageLiveTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @Inject
    Simulator simulator;

    @Inject
    OpenConnections connections;

    @TestHTTPResource("/")
    String root;

    @Test
    void showsEveryLineOfAMeetingOnceAlsoWhenItsConnectionsAreCut() throws InterruptedException {
        SimulatedMeeting meeting =
                simulator.play(MeetingScript.demo(), PlayOptions.defaults().withSpeed(15));
        Page page = CHROMIUM.open(root + "?token=test-token&stream=" + meeting.streamId());
        for (int lines : List.of(5, 20, 40)) {
            eventually(() -> assertTrue(lines(page).size() >= lines, "lines on the page"));
            connections.forEach(connection -> connection.closeAndAwait(new CloseReason(1011, "cut by a test")));
        }
        assertTrue(meeting.awaitEnd(Duration.ofSeconds(60)).isPresent());
        List<String> spoken =
                meeting.script().cues().stream().map(cue -> cue.text()).toList();
        eventually(() -> assertEquals(spoken, lines(page)));
        assertEquals(List.of(), CHROMIUM.complaints());
    }

    /** In this thread: a page belongs to the thread that opened it. */
    private static void eventually(ThrowingRunnable assertion) {
        await().pollInSameThread().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    private static List<String> lines(Page page) {
        return page.locator(".line").allTextContents();
    }
}
