package io.rtms.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reader sees of the chat, of shared screens and of cameras. */
class LivePageChatTest {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private ScriptedService service;
    private ScriptedStream stream;

    @BeforeEach
    void startService() throws Exception {
        service = new ScriptedService();
        stream = service.stream("m1");
    }

    @AfterEach
    void stopService() throws Exception {
        assertEquals(List.of(), CHROMIUM.complaints());
        service.close();
    }

    @Test
    void standsBetweenWhatIsSaid() {
        stream.say("Ada", "I put it into the chat.");
        stream.writes("Ada", "c1", "Here it is.");
        stream.say("Ada", "Do you see it?");
        Page page = CHROMIUM.open(service.url());

        assertThat(messages(page)).hasText("Here it is.");
        assertThat(page.locator(".turn, .chat").nth(1)).containsText("in the chat");
        assertThat(page.locator(".turn, .chat").nth(1).locator(".name")).hasText("Ada");
        assertThat(page.locator(".line")).hasCount(2);
        assertThat(page.locator("#facts")).containsText("2 lines");
    }

    @Test
    void saysForWhomAPrivateMessageIs() {
        stream.writes("Ada", "c1", "Hello all");
        stream.chat("Ada", "c2", "Hello Bob", "new", "individual", "Bob");
        stream.chat("Ada", "c3", "Hello hosts", "new", "hostsAndPanelists");
        Page page = CHROMIUM.open(service.url());

        assertThat(page.locator(".chat .heading .aside:visible"))
                .hasText(new String[] {"in the chat", "in the chat, to Bob only", "in the chat, to hosts and panelists"
                });
    }

    @Test
    void replacesWhatIsEditedAndRemovesWhatIsDeleted() {
        stream.writes("Ada", "c1", "Nine o'clock");
        stream.writes("Bob", "c2", "Never mind");
        Page page = CHROMIUM.open(service.url());
        assertThat(messages(page)).hasCount(2);

        stream.chat("Ada", "c1", "Ten o'clock", "update", "everyone");
        stream.chat("Bob", "c2", "", "delete", "everyone");
        stream.chat("Bob", "c7", "", "delete", "everyone");

        assertThat(messages(page)).hasText(new String[] {"Ten o'clock"});
        assertThat(page.getByText("edited")).isVisible();
    }

    @Test
    void keepsMessagesWithoutAnIdApart() {
        stream.writes("Ada", "", "One");
        stream.writes("Ada", "", "Two");
        Page page = CHROMIUM.open(service.url());

        assertThat(messages(page)).hasText(new String[] {"One", "Two"});
    }

    @Test
    void countsReactions() {
        stream.writes("Ada", "c1", "Done");
        stream.chat("Bob", "c1", "+1", "addReaction", "everyone");
        stream.chat("Cy", "c1", "+1", "addReaction", "everyone");
        stream.chat("Cy", "c1", "wow", "addReaction", "everyone");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".reaction")).hasText(new String[] {"+1 2", "wow"});

        stream.chat("Cy", "c1", "wow", "removeReaction", "everyone");

        assertThat(page.locator(".reaction")).hasText(new String[] {"+1 2"});
        assertThat(messages(page)).hasText("Done");
    }

    @Test
    void showsAnswersAndFiles() {
        stream.writes("Ada", "c1", "Who has the plan?");
        stream.answersWithFile("Bob", "c2", "c1", "Me", "plan.pdf");
        Page page = CHROMIUM.open(service.url());

        Locator answer = page.locator(".chat").last();
        assertThat(answer.locator(".answers")).hasText("Ada: Who has the plan?");
        assertThat(answer.locator(".files")).hasText("plan.pdf");
    }

    @Test
    void linksWebAddressesAndNothingElse() {
        String text = "<b>See</b> https://example.com/a?b=c&d=e, (http://example.org) or javascript:alert(1).";
        stream.writes("Ada", "c1", text);
        Page page = CHROMIUM.open(service.url());

        assertThat(messages(page)).hasText(text);
        assertThat(messages(page).locator("a"))
                .hasText(new String[] {"https://example.com/a?b=c&d=e", "http://example.org"});
        assertThat(messages(page).locator("a").first()).hasAttribute("rel", "noopener noreferrer nofollow");
        assertThat(page.locator("#lines b")).hasCount(0);
    }

    @Test
    void isFoundAndMarkedByTheSearch() {
        stream.say("Ada", "The plan is ready.");
        stream.writes("Bob", "c1", "See https://example.com/plan and the other plan");
        stream.writes("Cy", "c2", "Thanks");
        Page page = CHROMIUM.open(service.url());
        assertThat(messages(page)).hasCount(2);

        page.locator("#search").fill("plan");

        assertThat(page.locator("#found")).hasText("2 lines");
        assertThat(page.locator(".message:visible")).hasCount(1);
        assertEquals(3, page.evaluate("CSS.highlights.get('found').size"));
    }

    @Test
    void countsAsNewToAReaderWhoIsElsewhere() {
        IntStream.range(0, 200).forEach(i -> stream.say("Ada", "Line " + i));
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator(".line")).hasCount(200);
        page.locator("#transcript").hover();
        page.mouse().wheel(0, -1500);
        assertThat(page.locator("#jump")).hasText("Jump to live");

        stream.writes("Bob", "c1", "Are you there?");
        stream.chat("Bob", "c1", "Anybody there?", "update", "everyone");

        assertThat(messages(page)).hasText("Anybody there?");
        assertThat(page.locator("#jump")).hasText("Jump to live (1 new)");
    }

    @Test
    void isForgottenWhenConsentIsRevoked() {
        stream.writes("Ada", "c1", "A secret");
        Page page = CHROMIUM.open(service.url());
        assertThat(messages(page)).hasCount(1);

        stream.become("ended", ScriptedStream.reason(8, "STREAM_REVOKED", "Consent was revoked."));

        assertThat(messages(page)).hasCount(0);
    }

    @Test
    void showsWhoSharesTheScreen() {
        stream.joined("Ada", "Bob");
        Page page = CHROMIUM.open(service.url());
        assertThat(page.locator("#people-count")).hasText("2");
        assertThat(page.locator("#sharing")).isHidden();

        stream.sharing("Bob", true);
        assertThat(page.locator("#sharing")).hasText("Bob shares the screen");
        assertThat(page.locator(".note.sharing")).containsText("Bob started sharing the screen");
        page.locator("#people-button").click();
        assertThat(page.locator("#people-list .person").last()).containsText("shares the screen");

        stream.sharing("Bob", false);
        assertThat(page.locator("#sharing")).isHidden();
        assertThat(page.locator(".note.sharing").last()).containsText("Bob stopped sharing the screen");
    }

    @Test
    void showsWhoseCameraIsOnInTheListOfPeopleOnly() {
        stream.joined("Ada", "Bob");
        Page page = CHROMIUM.open(service.url());
        page.locator("#people-button").click();
        assertThat(page.locator("#people-list .person")).hasCount(2);

        stream.video("Ada", true);
        assertThat(page.locator("#people-list .person").first()).containsText("camera is on");
        assertThat(page.locator(".note.person")).hasCount(1);
        assertThat(page.locator("#people-count")).hasText("2");

        stream.video("Ada", false);
        assertThat(page.locator("#people-list .sign")).hasCount(0);
    }

    private static Locator messages(Page page) {
        return page.locator(".message");
    }
}
