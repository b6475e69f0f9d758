package io.rtms.transcript.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rtms.event.Cause;
import io.rtms.event.ChatOperation;
import io.rtms.event.Participant;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StopReason;
import io.rtms.event.StreamState;
import io.rtms.event.TranscriptAttribute;
import io.rtms.transcript.Meeting;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TranscriptSocketTest {
    @Inject
    @Passive
    Event<RtmsEvent> events;

    @TestHTTPResource
    URI server;

    private final Meeting meeting = Meeting.begin();

    @Test
    void sendsHistoryThenOneCaughtUpThenLive() throws Exception {
        fire(5);
        try (RelayClient client = connect("?stream=" + meeting.id())) {
            JsonNode hello = client.next("hello");
            assertEquals(1, hello.path("v").asInt());
            assertEquals(15_000, hello.path("heartbeatMs").asInt());
            JsonNode subscribed = client.next("subscribed");
            assertEquals(1, subscribed.path("firstSeq").asLong());
            assertEquals(5, subscribed.path("lastSeq").asLong());
            assertEquals(0, subscribed.path("after").asLong());
            assertEquals(range(1, 5), seqs(client, 5));
            assertEquals(5, client.next("caughtUp").path("seq").asLong());
            fire(5);
            assertEquals(range(6, 10), seqs(client, 5));
            assertEquals(List.of(), client.barrier(), "caughtUp comes once");
        }
    }

    @Test
    void writesEachEventInItsForm() throws Exception {
        fire(meeting.is(StreamState.LIVE));
        fire(meeting.joins());
        fire(meeting.speaks());
        fire(meeting.says("Grüß Gott \uD83D\uDC4B"));
        fire(meeting.says("", 0, TranscriptAttribute.DELETE));
        fire(meeting.leaves());
        fire(meeting.is(StreamState.ENDED, Cause.of(StopReason.MEETING_ENDED)));
        try (RelayClient client = connect("?stream=" + meeting.id())) {
            client.until("subscribed");
            assertEquals("live", client.next("status").path("state").asText());
            JsonNode joined = client.next("participant");
            assertEquals("joined", joined.path("action").asText());
            assertEquals(
                    "33556610", joined.path("participants").path(1).path("id").textValue());
            assertEquals(
                    "Anna", client.next("speaker").path("speaker").path("name").asText());
            JsonNode said = client.next("transcript");
            assertEquals("Grüß Gott \uD83D\uDC4B", said.path("text").asText());
            assertEquals("de", said.path("language").asText());
            assertEquals(Meeting.BEGIN, said.path("startMs").longValue());
            assertEquals("16778240", said.path("speaker").path("id").textValue());
            JsonNode deleted = client.next("transcript");
            assertTrue(deleted.path("deleted").asBoolean());
            assertEquals(said.path("segmentId"), deleted.path("segmentId"));
            assertEquals("left", client.next("participant").path("action").asText());
            JsonNode reason = client.next("status").path("reason");
            assertEquals(6, reason.path("code").asInt());
            assertEquals("MEETING_ENDED", reason.path("name").asText());
            assertFalse(reason.path("retry").asBoolean());
        }
    }

    @Test
    void relaysChatWithItsChangesUnderOneId() throws Exception {
        fire(meeting.writes("m1", "Helo \uD83D\uDC4B"));
        fire(meeting.writes("m1", "Hello", ChatOperation.UPDATE));
        fire(meeting.writes("m1", "\uD83D\uDE00", ChatOperation.ADD_EMOJI_REACTION));
        fire(meeting.sendsFileTo(new Participant(33_556_610, "Ben")));
        fire(meeting.writes("m2", "", ChatOperation.DELETE));
        try (RelayClient client = connect("?stream=" + meeting.id() + "&kinds=chat")) {
            client.until("subscribed");
            JsonNode written = client.next("chat");
            assertEquals("new", written.path("action").asText());
            assertEquals("m1", written.path("messageId").asText());
            assertEquals("Helo \uD83D\uDC4B", written.path("text").asText());
            assertEquals("16778240", written.path("sender").path("id").textValue());
            assertEquals("everyone", written.path("to").asText());
            JsonNode changed = client.next("chat");
            assertEquals("update", changed.path("action").asText());
            assertEquals(written.path("messageId"), changed.path("messageId"));
            assertEquals("addReaction", client.next("chat").path("action").asText());
            JsonNode file = client.next("chat");
            assertEquals("individual", file.path("to").asText());
            assertEquals("m1", file.path("parentMessageId").asText());
            assertEquals("Ben", file.path("receivers").path(0).path("name").asText());
            assertEquals("plan.pdf", file.path("files").path(0).path("name").asText());
            assertEquals("delete", client.next("chat").path("action").asText());
        }
    }

    @Test
    void relaysWhoSharesAndWhoseVideoIsOn() throws Exception {
        fire(meeting.startsSharing());
        fire(meeting.turnsVideo(true));
        fire(meeting.turnsVideo(false));
        fire(meeting.stopsSharing());
        try (RelayClient client = connect("?stream=" + meeting.id())) {
            client.until("subscribed");
            JsonNode started = client.next("sharing");
            assertEquals("started", started.path("action").asText());
            assertEquals("Anna", started.path("participant").path("name").asText());
            assertEquals("videoOn", client.next("participant").path("action").asText());
            assertEquals("videoOff", client.next("participant").path("action").asText());
            assertEquals("stopped", client.next("sharing").path("action").asText());
        }
    }

    @Test
    void resumesWithExactlyWhatWasMissed() throws Exception {
        fire(4);
        try (RelayClient client = connect("?stream=" + meeting.id())) {
            client.untilSeq(meeting.id(), 4);
        }
        fire(6);
        try (RelayClient client = connect("?stream=" + meeting.id() + "&after=4")) {
            client.until("subscribed");
            assertEquals(range(5, 10), seqs(client, 6));
            client.next("caughtUp");
        }
    }

    @Test
    void tailMayBeLargerThanWhatIsThere() throws Exception {
        fire(3);
        try (RelayClient client = connect("?stream=" + meeting.id() + "&tail=1000")) {
            client.until("subscribed");
            assertEquals(range(1, 3), seqs(client, 3));
            client.next("caughtUp");
        }
        try (RelayClient client = connect("?stream=" + meeting.id() + "&tail=0")) {
            client.until("subscribed");
            assertEquals(3, client.next("caughtUp").path("seq").asLong());
            fire(1);
            assertEquals(range(4, 4), seqs(client, 1));
        }
    }

    @Test
    void startsAnewForANumberThatTheLogNeverReached() throws Exception {
        fire(2);
        try (RelayClient client = connect("?stream=" + meeting.id() + "&after=9007199254740993")) {
            client.next("hello");
            assertEquals(0, client.next("subscribed").path("after").asLong());
            assertEquals(range(1, 2), seqs(client, 2));
        }
    }

    @Test
    void followsAllStreamsAlsoLaterOnes() throws Exception {
        fire(2);
        try (RelayClient client = connect("?stream=*&tail=0&kinds=transcript")) {
            client.next("hello");
            awaitSubscribed(client, meeting.id());
            Meeting later = Meeting.begin();
            events.fire(later.says("first"));
            events.fire(later.says("second"));
            List<JsonNode> ofLater = client.untilSeq(later.id(), 2).stream()
                    .filter(message -> message.path("streamId").asText().equals(later.id()))
                    .toList();
            assertEquals("subscribed", ofLater.getFirst().path("type").asText());
            assertEquals(
                    List.of(1L, 2L),
                    ofLater.stream()
                            .filter(message -> message.path("type").asText().equals("transcript"))
                            .map(message -> message.path("seq").asLong())
                            .toList());
            fire(1);
            client.untilSeq(meeting.id(), 3);
        }
    }

    @Test
    void keepsASubscriptionOfItsOwnBesideAll() throws Exception {
        fire(5);
        try (RelayClient client = connect("?stream=" + meeting.id() + "&after=3")) {
            client.until("caughtUp");
            client.send("{\"type\":\"subscribe\",\"streamId\":\"*\"}");
            fire(1);
            List<JsonNode> seen = client.untilSeq(meeting.id(), 6);
            assertEquals(
                    1,
                    seen.stream()
                            .filter(message -> message.path("streamId").asText().equals(meeting.id()))
                            .count(),
                    "nothing of this stream is sent again");
        }
    }

    @Test
    void sendsOnlyTheKindsThatWereChosen() throws Exception {
        fire(meeting.joins());
        fire(meeting.says("one"));
        fire(meeting.speaks());
        fire(meeting.says("two"));
        try (RelayClient client = connect("?stream=" + meeting.id() + "&kinds=transcript,status")) {
            client.until("subscribed");
            assertEquals(2, client.next("transcript").path("seq").asLong());
            assertEquals(4, client.next("transcript").path("seq").asLong());
            client.next("caughtUp");
            fire(meeting.leaves());
            fire(meeting.is(StreamState.ENDED));
            assertEquals(6, client.next("status").path("seq").asLong());
        }
    }

    @Test
    void aSecondSubscriptionReplacesTheFirst() throws Exception {
        fire(3);
        try (RelayClient client = connect("?stream=" + meeting.id())) {
            client.until("caughtUp");
            client.send("{\"type\":\"subscribe\",\"streamId\":\"" + meeting.id() + "\",\"after\":1}");
            client.next("subscribed");
            assertEquals(range(2, 3), seqs(client, 2));
            client.next("caughtUp");
            fire(1);
            assertEquals(range(4, 4), seqs(client, 1));
            assertEquals(List.of(), client.barrier(), "the first subscription is gone");
        }
    }

    @Test
    void sendsNothingAfterUnsubscribe() throws Exception {
        fire(1);
        try (RelayClient client = connect("?stream=" + meeting.id())) {
            client.until("caughtUp");
            client.send("{\"type\":\"unsubscribe\",\"streamId\":\"" + meeting.id() + "\"}");
            assertEquals(List.of(), client.barrier());
            fire(3);
            assertEquals(List.of(), client.barrier());
            client.send("{\"type\":\"unsubscribe\",\"streamId\":\"" + meeting.id() + "\"}");
            assertEquals(4404, client.next("error").path("code").asInt());
        }
    }

    @Test
    void tellsReadersWhenConsentIsRevoked() throws Exception {
        fire(3);
        try (RelayClient client = connect("?stream=" + meeting.id())) {
            client.until("caughtUp");
            fire(meeting.is(StreamState.ENDED, Cause.of(StopReason.STREAM_REVOKED)));
            assertEquals(8, client.next("status").path("reason").path("code").asInt());
        }
        fire(meeting.says("must not be kept"));
        try (RelayClient late = connect("?stream=" + meeting.id())) {
            late.until("subscribed");
            JsonNode gap = late.next("gap");
            assertEquals(1, gap.path("fromSeq").asLong());
            assertEquals(3, gap.path("toSeq").asLong());
            assertEquals(3, gap.path("count").asLong());
            assertEquals("revoked", gap.path("cause").asText());
            assertEquals(4, late.next("status").path("seq").asLong());
            late.next("caughtUp");
            assertEquals(List.of(), late.barrier());
        }
    }

    private void fire(RtmsEvent event) {
        events.fire(event);
    }

    private void fire(int count) {
        IntStream.range(0, count).forEach(i -> events.fire(meeting.says("Satz " + i)));
    }

    private RelayClient connect(String query) {
        return RelayClient.connect(server.getPort(), query);
    }

    private static void awaitSubscribed(RelayClient client, String streamId) throws InterruptedException {
        JsonNode message;
        do {
            message = client.next();
        } while (!message.path("type").asText().equals("caughtUp")
                || !message.path("streamId").asText().equals(streamId));
    }

    private static List<Long> seqs(RelayClient client, int count) throws InterruptedException {
        Long[] seqs = new Long[count];
        for (int i = 0; i < count; i++) {
            seqs[i] = client.next("transcript").path("seq").asLong();
        }
        return List.of(seqs);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
