package io.rtms.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reader sees while a meeting goes on. */
class LivePageTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private ScriptedService service;

    @BeforeEach
    void startService() throws Exception {
        service = new ScriptedService();
    }

    @AfterEach
    void stopService() throws Exception {
        assertEquals(List.of(), CHROMIUM.complaints());
        service.close();
    }

    @Test
    void showsWhatIsSaidGroupedBySpeaker() {
        ScriptedStream stream = service.stream("m1");
        stream.say("Ada Lovelace", "Good morning.");
        Page page = CHROMIUM.open(service.url());
        assertThat(lines(page)).hasText(new String[] {"Good morning."});

        stream.say("Ada Lovelace", "Shall we begin?");
        stream.say("Charles Babbage", "Yes.");

        assertThat(lines(page)).hasText(new String[] {"Good morning.", "Shall we begin?", "Yes."});
        assertThat(page.locator(".turn .name")).hasText(new String[] {"Ada Lovelace", "Charles Babbage"});
        assertThat(page.locator(".turn .avatar")).hasText(new String[] {"AL", "CB"});
        assertThat(page.locator(".turn time")).hasText(new String[] {"0:02", "0:06"});
    }

    @Test
    void showsMarkupAsText() {
        String nasty = "<b>bold</b> <script>document.title='gone'</script> <img src=x onerror=alert(1)>";
        ScriptedStream stream = service.stream("m1");
        stream.joined("<i>Mallory</i>");
        stream.say("<i>Mallory</i>", nasty);
        Page page = CHROMIUM.open(service.url());

        assertThat(lines(page)).hasText(new String[] {nasty});
        assertThat(page.locator(".turn .name")).hasText("<i>Mallory</i>");
        assertThat(page.locator("#lines :is(b, i, script, img), #people-list i"))
                .hasCount(0);
    }

    @Test
    void replacesCorrectedSegmentsAndRemovesDeletedOnes() {
        ScriptedStream stream = service.stream("m1");
        String first = stream.say("Ada", "Their are two.");
        String second = stream.say("Ada", "Never mind.");
        stream.say("Bob", "Fine.");
        Page page = CHROMIUM.open(service.url());
        assertThat(lines(page)).hasCount(3);

        stream.segment(first, "Ada", "There are two.", "en");
        stream.segment(second, "Ada", "", "en");

        assertThat(lines(page)).hasText(new String[] {"There are two.", "Fine."});
        assertThat(page.locator(".line.corrected")).hasText("There are two.");
    }

    @Test
    void removesATurnWithItsLastLine() {
        ScriptedStream stream = service.stream("m1");
        String only = stream.say("Ada", "Oops.");
        stream.say("Bob", "What?");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".turn")).hasCount(2);

        stream.segment(only, "Ada", "", "en");

        assertThat(page.locator(".turn")).hasCount(1);
    }

    @Test
    void saysHowManyLinesCanNoLongerBeHad() {
        ScriptedStream stream = service.stream("m1");
        IntStream.range(0, 20).forEach(i -> stream.say("Ada", "Line " + i));
        stream.forget(12);
        Page page = CHROMIUM.open(service.url());

        assertThat(page.locator(".note.gap"))
                .containsText("12 lines can no longer be had: the service keeps only the newest");
        assertThat(lines(page)).hasCount(9);
    }

    @Test
    void namesLanguagesOtherThanTheDefault() {
        ScriptedStream stream = service.stream("m1");
        stream.say("Ada", "Hello.", "en");
        stream.say("Yves", "Bonjour à tous.", "fr-CA");
        Page page = CHROMIUM.open(service.url());

        assertThat(page.locator(".language")).hasText(new String[] {"Canadian French"});
        assertThat(lines(page).last()).hasAttribute("lang", "fr-CA");
    }

    @Test
    void showsWhoIsThereAndWhoSpeaks() {
        ScriptedStream stream = service.stream("m1");
        stream.joined("Ada", "Bob", "Cy");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator("#people-count")).hasText("3");

        stream.speaks("Bob");
        assertThat(page.locator("#speaking b")).hasText("Bob");
        assertThat(page.locator(".note.person").first()).containsText("Ada, Bob and Cy joined");

        stream.left("Bob");
        assertThat(page.locator("#people-count")).hasText("2");
        assertThat(page.locator("#speaking")).isHidden();
    }

    @Test
    void staysWhereTheReaderScrolledToAndJumpsToLive() {
        ScriptedStream stream = service.stream("m1");
        IntStream.range(0, 200).forEach(i -> stream.say(i % 3 == 0 ? "Ada" : "Bob", "Line " + i));
        Page page = CHROMIUM.open(service.url());
        assertThat(lines(page).last()).isInViewport();

        page.locator("#transcript").hover();
        page.mouse().wheel(0, -1500);
        assertThat(page.locator("#jump")).hasText("Jump to live");
        Object before = page.evaluate("document.querySelector('#transcript').scrollTop");
        stream.say("Cy", "New one");
        stream.say("Cy", "New two");
        assertThat(page.locator("#jump")).hasText("Jump to live (2 new)");
        assertEquals(before, page.evaluate("document.querySelector('#transcript').scrollTop"));
        assertThat(page).hasTitle(Pattern.compile("^\\(2\\) Live"));

        page.keyboard().press("End");
        assertThat(page.locator("#jump")).isHidden();
        assertThat(lines(page).last()).isInViewport();
        stream.say("Cy", "New three");
        assertThat(lines(page).last()).hasText("New three");
        assertThat(lines(page).last()).isInViewport();
    }

    @Test
    void listsStreamsAndRemembersTheChosenOneInTheAddress() {
        service.stream("m1").say("Ada", "In the first.");
        ScriptedStream second = service.stream("m2");
        second.say("Bob", "In the second.");
        Page page = CHROMIUM.open(service.url());
        assertThat(lines(page)).hasText(new String[] {"In the second."});

        page.locator("#streams a[aria-current]").focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");

        assertThat(lines(page)).hasText(new String[] {"In the first."});
        assertThat(page).hasURL(service.url() + "?stream=m1");
        page.reload();
        assertThat(lines(page)).hasText(new String[] {"In the first."});
        page.goBack();
        assertThat(lines(page)).hasText(new String[] {"In the second."});
    }

    @Test
    void takesAReaderWhoFollowsAlongToTheNextMeeting() {
        ScriptedStream first = service.stream("m1");
        first.say("Ada", "Goodbye.");
        Page page = CHROMIUM.open(service.url());
        assertThat(lines(page)).hasText(new String[] {"Goodbye."});

        first.end();
        assertThat(page.locator(".note.ended")).containsText("The stream has ended. The meeting ended.");
        assertThat(page.locator(".stream.over")).hasCount(1);
        service.stream("m2").say("Bob", "Hello again.");

        assertThat(lines(page)).hasText(new String[] {"Hello again."});
        assertThat(page.locator("#notice"))
                .containsText("“Meeting uuid-m1” is over. You are now reading “Meeting uuid-m2”.");
    }

    @Test
    void offersTheNextMeetingToAReaderWhoIsBusy() {
        ScriptedStream first = service.stream("m1");
        IntStream.range(0, 200).forEach(i -> first.say("Ada", "Line " + i));
        Page page = CHROMIUM.open(service.url());
        assertThat(lines(page)).hasCount(200);
        page.locator("#transcript").hover();
        page.mouse().wheel(0, -1500);
        assertThat(page.locator("#jump")).isVisible();

        first.end();
        service.stream("m2").say("Bob", "Hello again.");

        assertThat(page.locator("#notice")).containsText("“Meeting uuid-m2” is live.");
        assertThat(lines(page)).hasCount(200);
        page.locator("#notice .act").click();
        assertThat(lines(page)).hasText(new String[] {"Hello again."});
    }

    @Test
    void noticesTheFirstMeetingByItself() {
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator("#empty")).containsText("Waiting for a meeting");
        assertThat(page.locator("#webhook")).hasText(service.root() + "webhook");

        service.stream("m1").say("Ada", "Here we are.");

        assertThat(lines(page)).hasText(new String[] {"Here we are."});
        assertThat(page).hasTitle("Live · Meeting uuid-m1");
    }

    @Test
    void forgetsEverythingWhenConsentIsRevoked() {
        ScriptedStream stream = service.stream("m1");
        stream.say("Ada", "A secret.");
        Page page = CHROMIUM.open(service.url());
        assertThat(lines(page)).hasCount(1);

        stream.become("ended", ScriptedStream.reason(8, "STREAM_REVOKED", "Consent was revoked."));

        assertThat(lines(page)).hasCount(0);
        assertThat(page.locator(".note.ended")).containsText("Consent was revoked.");
    }

    @Test
    void findsWords() {
        ScriptedStream stream = service.stream("m1");
        stream.say("Ada", "The engine weaves patterns.");
        stream.say("Bob", "What engine?");
        stream.say("Ada", "Never mind.");
        Page page = CHROMIUM.open(service.url());
        assertThat(lines(page)).hasCount(3);

        page.locator("#search").fill("ENGINE");
        assertThat(page.locator("#found")).hasText("2 lines");
        assertThat(page.locator(".line:visible")).hasText(new String[] {"The engine weaves patterns.", "What engine?"});

        page.keyboard().press("Escape");
        assertThat(page.locator(".line:visible")).hasCount(3);
    }

    @Test
    void tellsScreenReadersOnlyWhatIsNew() {
        ScriptedStream stream = service.stream("m1");
        IntStream.range(0, 50).forEach(i -> stream.say("Ada", "Line " + i));
        Page page = CHROMIUM.newPage(new Browser.NewContextOptions());
        page.addInitScript("""
                window.spoken = 0;
                new MutationObserver((changes) => {
                  for (const { addedNodes, target } of changes) {
                    if (target.closest?.('[aria-live=polite][role=log]')) {
                      window.spoken += [...addedNodes].filter((node) => node.matches?.('.line')).length;
                    }
                  }
                }).observe(document, { childList: true, subtree: true });
                """);
        page.navigate(service.url());
        Locator log = page.getByRole(AriaRole.LOG);
        assertThat(log).hasAttribute("aria-live", "polite");
        assertThat(log).hasAttribute("aria-busy", "false");
        assertThat(lines(page)).hasCount(50);
        assertEquals(0, page.evaluate("window.spoken"));

        stream.say("Ada", "News");
        assertThat(lines(page)).hasCount(51);
        assertEquals(1, page.evaluate("window.spoken"));
    }

    @Test
    void loadsTheEndOfALongTranscriptFirstAndTheRestOnRequest() {
        ScriptedStream stream = service.stream("m1");
        IntStream.range(0, 5_100).forEach(i -> stream.say(i % 7 == 0 ? "Ada" : "Bob", "Line " + i));
        Page page = CHROMIUM.open(service.url());
        assertThat(lines(page)).hasCount(5_000);
        assertThat(lines(page).last()).isInViewport();

        page.locator("#earlier").dispatchEvent("click");

        assertThat(lines(page)).hasCount(5_100);
        assertThat(page.locator("#earlier")).isHidden();
        assertTrue((boolean) page.evaluate("document.querySelectorAll('.leaf').length > 10"));
    }

    @Test
    void asksNoOtherHostForAnything() {
        service.stream("m1").say("Ada", "Hello.");
        Page page = CHROMIUM.open(service.url());
        assertThat(lines(page)).hasCount(1);

        assertFalse(CHROMIUM.requests().isEmpty());
        assertEquals(
                List.of(),
                CHROMIUM.requests().stream()
                        .filter(url -> !url.startsWith(service.root()))
                        .toList());
    }

    private static Locator lines(Page page) {
        return page.locator(".line");
    }
}
