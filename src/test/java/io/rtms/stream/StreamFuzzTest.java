package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.ChatData;
import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import io.rtms.fuzz.Fuzzing;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.sdk.Frame;
import io.rtms.sdk.FrameKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes over Zoom's sockets as JSON within frames, and the servers that are to be dialled. */
class StreamFuzzTest {
    private final Logger warnings = Logger.getLogger(Grants.class.getName());

    @BeforeEach
    void warnOfNothing() {
        warnings.setLevel(Level.OFF); // a million inputs, and many of them a reason
    }

    @AfterEach
    void warnAgain() {
        warnings.setLevel(null);
    }

    @Test
    void whatIsDialledIsWhatWasLookedAt() throws InterruptedException {
        AllowedServers servers = new AllowedServers(List.of("*.zoom.us", "10.0.0.7", "[2001:db8::1]"), false);
        Fuzzing.fuzz("server-urls", bytes -> {
            List<String> urls = List.of(new String(bytes, StandardCharsets.UTF_8).split("\n"));
            List<String> admitted;
            try {
                admitted = servers.admit(urls);
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith("server_urls "), e.getMessage());
                return e.getMessage().replaceAll("(?s)the host .*, which|has .*", "");
            }
            List<String> dialled = NativeUrls.hosts(String.join(",", admitted));
            assertEquals(admitted.size(), dialled.size(), "each is dialled, and no other");
            for (String host : dialled) {
                assertTrue(
                        host.endsWith(".zoom.us") || host.equals("10.0.0.7") || host.equals("[2001:db8::1]"),
                        () -> host + " is dialled for " + admitted);
            }
            return "admits " + admitted.size();
        });
    }

    @Test
    void eventsAreTranslatedOrLeftOut() throws InterruptedException {
        Roster roster = new Roster();
        Fuzzing.fuzz("event", bytes -> {
            StreamRef stream = new StreamRef("s", Product.values()[at(bytes, 0) % Product.values().length], "m");
            EventTranslator translator = new EventTranslator(stream, roster);
            Frame frame = frame(bytes);
            String outcome = translator
                    .event(frame)
                    .map(event -> event.getClass().getSimpleName())
                    .orElse("nothing");
            translator.session(frame);
            translator.status(frame);
            translator.videoSubscription(frame);
            assertTrue(roster.attendees().size() <= 10_000, "bounded");
            return outcome + stream.product();
        });
    }

    @Test
    void mediaAreTranslatedWhateverTheySay() throws InterruptedException {
        StreamRef stream = new StreamRef("s", Product.MEETING, "m");
        MediaTranslator translator = new MediaTranslator(stream, new Roster());
        Fuzzing.fuzz("event", bytes -> {
            Frame frame = frame(bytes);
            Grants grants = new Grants(MediaParams.defaults());
            grants.ready(EnumSet.allOf(MediaType.class), frame.text());
            translator.transcript(frame);
            translator.audio(frame);
            ChatData chat = (ChatData) translator.chat(frame);
            assertTrue(chat.receivers().size() <= 1000 && chat.files().size() <= 1000, "bounded");
            assertFalse(chat.text() == null || chat.messageId() == null);
            return chat.operation() + " " + chat.receivers().isEmpty()
                    + grants.parameters().keySet() + chat.files().isEmpty()
                    + chat.metadata().aiInterpreter().isPresent();
        });
    }

    /** The first line chooses codes, the second is the payload, the third the rarer fields. */
    private static Frame frame(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 3);
        return new Frame(
                FrameKind.UNKNOWN,
                1,
                at(bytes, 1) - 48L,
                at(bytes, 2),
                0,
                0,
                0,
                at(bytes, 1) % 20,
                at(bytes, 2) % 10,
                lines[0].substring(0, Math.min(3, lines[0].length())),
                (lines.length > 1 ? lines[1] : "").getBytes(StandardCharsets.UTF_8),
                lines.length > 2 ? lines[2] : "");
    }

    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? bytes[index] & 0xFF : 0;
    }
}
