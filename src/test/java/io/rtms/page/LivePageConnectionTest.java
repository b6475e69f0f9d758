package io.rtms.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reader sees, and does not miss, when the connection is not what it should be. */
class LivePageConnectionTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private ScriptedService service;

    @BeforeEach
    void startService() throws Exception {
        service = new ScriptedService();
    }

    @AfterEach
    void stopService() throws Exception {
        service.close();
    }

    @Test
    void resumesAfterTheLastEntryWhenTheConnectionIsCut() {
        ScriptedStream stream = service.stream("m1");
        IntStream.rangeClosed(1, 10).forEach(i -> stream.say("Ada", "Line " + i));
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(10);

        service.cutConnections();
        IntStream.rangeClosed(11, 15).forEach(i -> stream.say("Bob", "Line " + i));
        assertThat(page.locator(".line")).hasCount(15);
        stream.say("Bob", "Line 16");

        String[] every = IntStream.rangeClosed(1, 16).mapToObj(i -> "Line " + i).toArray(String[]::new);
        assertThat(page.locator(".line")).hasText(every);
        JsonObject last = service.subscriptions().getLast();
        assertEquals("m1", last.getString("streamId"));
        // The status and ten lines.
        assertEquals(11, last.getInteger("after"));
    }

    @Test
    void losesAndDoublesNothingWhenTheConnectionIsCutAgainAndAgain() {
        ScriptedStream stream = service.stream("m1");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator("#reading")).isVisible();
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 40; i++) {
                stream.say(i % 4 == 0 ? "Ada" : "Bob", "Line " + (round * 40 + i));
                if (i == 17) {
                    service.cutConnections();
                }
            }
            int sofar = (round + 1) * 40;
            assertThat(page.locator(".line")).hasCount(sofar);
        }
        assertThat(page.locator(".line"))
                .hasText(IntStream.range(0, 240).mapToObj(i -> "Line " + i).toArray(String[]::new));
        assertThat(page.locator("#connection .words")).hasText("Connected");
    }

    @Test
    void comesBackAfterARestart() {
        ScriptedStream stream = service.stream("m1");
        stream.say("Ada", "Before.");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(1);

        service.refuseWith(1012);
        service.closeConnections(1012);
        assertThat(page.locator("#connection .words")).hasText("Reconnecting");
        assertThat(page.locator("#connection")).hasAttribute("title", "The service restarts.");
        service.refuseWith(0);
        stream.say("Ada", "After.");

        assertThat(page.locator(".line")).hasText(new String[] {"Before.", "After."});
    }

    @Test
    void noticesASilentConnection() {
        service.heartbeat(300);
        ScriptedStream stream = service.stream("m1");
        stream.say("Ada", "Before.");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(1);

        service.fallSilent();
        stream.say("Ada", "Meanwhile.");
        service.speakAgain();

        assertThat(page.locator(".line")).hasText(new String[] {"Before.", "Meanwhile."});
    }

    @Test
    void keepsAQuietConnectionThatAnswersPings() {
        service.heartbeat(200);
        service.stream("m1").say("Ada", "One.");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(1);
        int before = service.pings();

        await().atMost(Duration.ofSeconds(10)).until(() -> service.pings() >= before + 5);

        assertEquals(
                1,
                service.subscriptions().stream()
                        .filter(subscribe -> subscribe.getString("streamId").equals("m1"))
                        .count());
        assertThat(page.locator("#connection .words")).hasText("Connected");
    }

    @Test
    void connectsAtOnceWhenTheNetworkIsBack() {
        ScriptedStream stream = service.stream("m1");
        stream.say("Ada", "One.");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(1);

        // The server asks for a pause that is far longer than this test's patience.
        service.refuseWith(4429, 3_600_000);
        page.context().setOffline(true);
        service.closeConnections(4429);
        assertThat(page.locator("#connection .words")).hasText("Offline");
        service.refuseWith(0);
        stream.say("Ada", "Two.");
        page.context().setOffline(false);

        assertThat(page.locator(".line")).hasText(new String[] {"One.", "Two."});
    }

    @Test
    void waitsAsLongAsAFullServiceAsks() {
        service.stream("m1").say("Ada", "One.");
        service.refuseWith(4429, 600_000);
        Page page = CHROMIUM.open(service.url());

        assertThat(page.locator("#connection .words")).hasText("Reconnecting");
        assertThat(page.locator("#connection .seconds")).hasText(Pattern.compile("in (5\\d\\d|600) s"));
        assertThat(page.locator("#connection"))
                .hasAttribute("title", Pattern.compile("as many readers as it can take"));
        service.refuseWith(0);
        page.locator("#connection .retry").click();

        assertThat(page.locator(".line")).hasText(new String[] {"One."});
    }

    @Test
    void asksForATokenAndKeepsItForTheTab() {
        service.stream("m1").say("Ada", "Hello.");
        service.requireToken("s3cret");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator("#access")).isVisible();
        assertThat(page.locator("#connection .words")).hasText("Token needed");
        assertThat(page.getByLabel("Access token")).isFocused();

        page.getByLabel("Access token").fill("s3cret");
        page.keyboard().press("Enter");

        assertThat(page.locator(".line")).hasText(new String[] {"Hello."});
        page.reload();
        assertThat(page.locator(".line")).hasText(new String[] {"Hello."});
    }

    @Test
    void takesTheTokenOutOfTheAddress() {
        service.stream("m1").say("Ada", "Hello.");
        service.requireToken("s3cret");
        Page page = CHROMIUM.open(service.url() + "?token=s3cret&stream=m1");

        assertThat(page.locator(".line")).hasText(new String[] {"Hello."});
        assertThat(page).hasURL(service.url() + "?stream=m1");
        assertEquals(List.of(), CHROMIUM.complaints());
    }

    @Test
    void asksForATokenWhenTheConnectionIsRefused() {
        for (int code : List.of(4401, 4403)) {
            service.refuseWith(code);
            Page page = CHROMIUM.open(service.url());
            assertThat(page.locator("#access")).isVisible();
            assertThat(page.locator("#access-why")).not().isEmpty();
        }
    }

    @Test
    void saysThatAStreamIsNotThere() {
        service.stream("m1").say("Ada", "Hello.");
        Page page = CHROMIUM.open(service.url() + "?stream=gone");

        assertThat(page.locator("#notice")).containsText("The stream that was asked for is not here");
        assertThat(page.locator(".line")).hasText(new String[] {"Hello."});
        assertThat(page).hasURL(service.url());
    }

    @Test
    void goesElsewhereWhenTheRelayDoesNotKnowAListedStream() {
        service.stream("m1").say("Ada", "Hello.");
        service.listOnly("m2");
        Page page = CHROMIUM.open(service.url());

        assertThat(page.locator("#notice")).containsText("is not here");
        assertThat(page.locator(".line")).hasText(new String[] {"Hello."});
    }

    @Test
    void startsOverWhenTheTranscriptBeganAnew() {
        ScriptedStream stream = service.stream("m1");
        IntStream.range(0, 10).forEach(i -> stream.say("Ada", "Old " + i));
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(10);

        service.stream("m1").say("Ada", "New.");
        service.cutConnections();

        assertThat(page.locator(".line")).hasText(new String[] {"New."});
    }

    @Test
    void waitsLongerAfterEachFailureAndNeverTheSame() {
        Page page = CHROMIUM.newPage(new Browser.NewContextOptions());
        page.navigate(service.url());
        Object delays = page.evaluate("""
                async () => {
                  const { backoff } = await import('/live/backoff.js');
                  const most = Array.from({ length: 12 }, (_, i) => backoff(i, { random: () => 1 }));
                  const least = Array.from({ length: 12 }, (_, i) => backoff(i, { random: () => 0 }));
                  return { most, least };
                }
                """);
        assertEquals(
                Map.of(
                        "most", List.of(500, 1000, 2000, 4000, 8000, 16000, 20000, 20000, 20000, 20000, 20000, 20000),
                        "least", List.of(250, 500, 1000, 2000, 4000, 8000, 10000, 10000, 10000, 10000, 10000, 10000)),
                delays);
    }

    @Test
    void readsAGoodLengthOfMeetingQuickly() {
        ScriptedStream stream = service.stream("m1");
        IntStream.range(0, 10_000)
                .forEach(i -> stream.say(
                        i % 5 == 0 ? "Ada" : "Bob", "Line " + i + " of a meeting that does not want to end"));
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(5_000);
        page.locator("#earlier").dispatchEvent("click");
        assertThat(page.locator(".line")).hasCount(10_000, new LocatorAssertions.HasCountOptions().setTimeout(20_000));

        Number slowest = (Number) page.evaluate("""
                () => new Promise((done) => {
                  let slowest = 0;
                  new PerformanceObserver((list) => {
                    slowest = Math.max(slowest, ...list.getEntries().map((entry) => entry.duration));
                  }).observe({ type: 'longtask' });
                  const log = document.getElementById('transcript');
                  let frames = 0;
                  const frame = () => {
                    log.scrollTop = (log.scrollHeight / 60) * (60 - frames);
                    if (++frames < 60) {
                      requestAnimationFrame(frame);
                    } else {
                      setTimeout(() => done(slowest), 100);
                    }
                  };
                  requestAnimationFrame(frame);
                })
                """);
        assertTrue(
                slowest.doubleValue() < 1_000, "slowest task while scrolling through 10,000 lines: " + slowest + " ms");
        assertFalse((boolean) page.evaluate("document.getElementById('transcript').ariaBusy === 'true'"));
    }
}
