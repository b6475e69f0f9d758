package io.rtms.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That everybody can read the page: in the dark, on a phone, on paper, by keyboard, by ear. */
class LivePageLooksTest {
    /** WCAG 2.2 level AA for text of normal size. */
    private static final double LEAST_CONTRAST = 4.5;

    /** Draws colours on a canvas, because computed styles may be in any colour space, and compares their luminance. */
    private static final String CONTRASTS = """
            () => {
              const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
              const luminance = (colours) => {
                canvas.clearRect(0, 0, 1, 1);
                for (const colour of colours) {
                  canvas.fillStyle = colour;
                  canvas.fillRect(0, 0, 1, 1);
                }
                const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => {
                  const part = value / 255;
                  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
                });
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const backgrounds = (element) =>
                element ? [...backgrounds(element.parentElement), getComputedStyle(element).backgroundColor] : ['canvas'];
              const result = {};
              const texts = document.querySelectorAll('body *');
              for (const element of texts) {
                const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
                if (!own || !element.checkVisibility({ visibilityProperty: true }) || element.closest('.skip')) {
                  continue;
                }
                const behind = backgrounds(element);
                const [a, b] = [luminance(behind), luminance([...behind, getComputedStyle(element).color])].sort((x, y) => y - x);
                const contrast = (a + 0.05) / (b + 0.05);
                const what = `${element.tagName} ${element.className} ${element.closest('[class*=speaker-]')?.className ?? ''}`;
                result[what] = Math.min(result[what] ?? 99, Math.round(contrast * 100) / 100);
              }
              return result;
            }
            """;

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

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void everyTextHasContrast(ColorScheme scheme) {
        ScriptedStream stream = meetingOfTwelve();
        chatOf(stream);
        Page page = CHROMIUM.open(
                service.url(),
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(1400, 2800));
        assertThat(page.locator(".turn")).hasCount(12);
        assertThat(page.locator(".chat")).hasCount(3);

        @SuppressWarnings("unchecked")
        Map<String, Number> contrasts = (Map<String, Number>) page.evaluate(CONTRASTS);

        List<String> tooLow = contrasts.entrySet().stream()
                .filter(text -> text.getValue().doubleValue() < LEAST_CONTRAST)
                .map(Object::toString)
                .toList();
        assertEquals(List.of(), tooLow);
        assertTrue(contrasts.size() > 40, "texts compared: " + contrasts.keySet());
    }

    @Test
    void twelveSpeakersHaveTwelveColours() {
        meetingOfTwelve();
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".turn")).hasCount(12);

        Object colours =
                page.evaluate("[...document.querySelectorAll('.turn .name')].map((e) => getComputedStyle(e).color)");

        assertEquals(12, new HashSet<>((List<?>) colours).size());
    }

    @Test
    void isDarkInTheDark() {
        service.stream("m1").say("Ada", "Hello.");
        String ground = "getComputedStyle(document.querySelector('main')).backgroundColor";
        Page dark = CHROMIUM.open(service.url(), new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
        Page light = CHROMIUM.open(service.url(), new Browser.NewContextOptions().setColorScheme(ColorScheme.LIGHT));

        assertEquals("rgb(255, 255, 255)", light.evaluate(ground));
        assertNotEquals(light.evaluate(ground), dark.evaluate(ground));
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 360, 760, 1000, 1920})
    void needsNoSidewaysScrolling(int width) {
        ScriptedStream stream = meetingOfTwelve();
        chatOf(stream);
        stream.chat("Bob", "c4", "https://example.com/" + "x".repeat(400), "new", "individual", "y".repeat(80));
        stream.say("A person with a name that is longer than any name has a right to be", "x".repeat(400));
        stream.speaks("A person with a name that is longer than any name has a right to be");
        IntStream.range(0, 6).forEach(i -> service.stream("other" + i));
        Page page = CHROMIUM.open(
                service.url() + "?stream=m1", new Browser.NewContextOptions().setViewportSize(width, 740));
        assertThat(page.locator(".turn")).hasCount(13);
        assertThat(page.locator("#speaking")).isVisible();
        assertThat(page.locator("#sharing")).isVisible();

        assertEquals(width, page.evaluate("document.documentElement.scrollWidth"));
        assertEquals(
                true,
                page.evaluate(
                        "(() => { const log = document.getElementById('transcript'); return log.scrollWidth <= log.clientWidth; })()"));
        assertThat(page.locator(".line").last()).isInViewport();
    }

    @Test
    void hasNamesForWhatCanBeUsed() {
        service.stream("m1").say("Ada", "Hello.");
        Page page = CHROMIUM.open(service.url());

        assertThat(page.getByRole(AriaRole.LOG, named("Transcript"))).isVisible();
        assertThat(page.getByRole(AriaRole.NAVIGATION, named("Streams"))).isVisible();
        assertThat(page.getByRole(AriaRole.SEARCHBOX, named("Search this transcript")))
                .isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON, named("Participants: 1"))).isVisible();
        assertThat(page.getByRole(AriaRole.BUTTON, named("Save as text"))).isVisible();
        assertThat(page.getByRole(AriaRole.LINK, named("Meeting uuid-m1"))).hasAttribute("aria-current", "true");
    }

    @Test
    void canBeUsedByKeyboard() {
        service.stream("m1").say("Ada", "Hello.");
        service.stream("m2").say("Ada", "Hello.");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(1);

        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        assertThat(page.locator(".skip")).isInViewport();
        page.keyboard().press("Tab");
        assertThat(page.locator("#streams a").first()).isFocused();
        assertEquals("solid", page.evaluate("getComputedStyle(document.activeElement).outlineStyle"));
        page.keyboard().press("ArrowDown");
        assertThat(page.locator("#streams a").last()).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#search")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        assertThat(page.locator("#people")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#people")).isHidden();
    }

    @Test
    void keepsStillForThoseWhoWantIt() {
        service.stream("m1").speaks("Ada");
        Page page =
                CHROMIUM.open(service.url(), new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
        assertThat(page.locator("#speaking")).isVisible();

        assertEquals(0, page.evaluate("document.getAnimations().length"));
    }

    @Test
    void printsTheWholeTranscriptAndNothingElse() {
        ScriptedStream stream = service.stream("m1");
        IntStream.range(0, 300).forEach(i -> stream.say(i % 2 == 0 ? "Ada" : "Bob", "Line " + i));
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(300);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));

        assertThat(page.locator("#streams")).isHidden();
        assertThat(page.locator(".tools")).isHidden();
        Locator log = page.locator("#transcript");
        assertTrue(log.boundingBox().height > 10_000, "height on paper: " + log.boundingBox().height);
    }

    @Test
    void savesTheTranscriptAsText() throws Exception {
        ScriptedStream stream = service.stream("m1");
        stream.joined("Ada");
        stream.say("Ada", "Hello.");
        stream.say("Ada", "Shall we?");
        stream.writes("Bob", "c1", "See https://example.com/plan");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(2);

        var download = page.waitForDownload(() -> page.locator("#save").click());

        assertEquals("Meeting-uuid-m1.txt", download.suggestedFilename());
        assertEquals(
                """
                [0:00] (The stream is live)

                [0:00] (Ada joined)

                [0:02] Ada
                Hello.
                Shall we?

                [0:05] Bob (chat)
                See https://example.com/plan
                """, new String(download.createReadStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    }

    private ScriptedStream meetingOfTwelve() {
        ScriptedStream stream = service.stream("m1");
        List<String> names = List.of("Ada", "Bob", "Cy", "Dee", "Eve", "Flo", "Gus", "Hal", "Ivy", "Jo", "Kim", "Leo");
        stream.joined(names.toArray(String[]::new));
        names.forEach(name -> stream.say(name, "My name is " + name + ".", name.equals("Eve") ? "fr-CA" : "en"));
        stream.speaks("Ada");
        return stream;
    }

    private static void chatOf(ScriptedStream stream) {
        stream.writes("Ada", "c1", "The plan: https://example.com/plan");
        stream.chat("Bob", "c1", "\uD83D\uDC4D", "addReaction", "everyone");
        stream.answersWithFile("Cy", "c2", "c1", "Thank you", "plan.pdf");
        stream.chat("Dee", "c3", "Just for you", "update", "individual", "Eve");
        stream.video("Ada", true);
        stream.sharing("Bob", true);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
