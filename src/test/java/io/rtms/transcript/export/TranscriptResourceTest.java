package io.rtms.transcript.export;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.rtms.event.ChatOperation;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.event.TranscriptAttribute;
import io.rtms.transcript.Meeting;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
class TranscriptResourceTest {
    @Inject
    @Passive
    Event<RtmsEvent> events;

    private final Meeting meeting = Meeting.begin();

    @Test
    void answersWithProblems() {
        events.fire(meeting.says("one"));
        client().get("/api/streams/nobody/transcript").then().statusCode(404);
        client().get("/api/streams/{id}/transcript?format=doc", meeting.id())
                .then()
                .statusCode(400)
                .body("detail", containsString("vtt"));
    }

    @Test
    void exportsWhatWasSaidInTheEnd() {
        events.fire(meeting.says("Frist", 0, TranscriptAttribute.NEW));
        events.fire(meeting.says("Second", 61_500, TranscriptAttribute.NEW));
        events.fire(meeting.says("First <&>\nline", 0, TranscriptAttribute.UPDATE));
        events.fire(meeting.says("Third", 3_600_000, TranscriptAttribute.NEW));
        events.fire(meeting.says("", 3_600_000, TranscriptAttribute.DELETE));
        assertEquals("""
                WEBVTT

                00:00:00.000 --> 00:00:01.500
                <v Anna>First &lt;&amp;&gt; line

                00:01:01.500 --> 00:01:03.000
                <v Anna>Second
                """, export("vtt"));
        assertEquals("""
                1
                00:00:00,000 --> 00:00:01,500
                Anna: First <&> line

                2
                00:01:01,500 --> 00:01:03,000
                Anna: Second

                """, export("srt"));
        assertEquals("Anna: First <&> line\nAnna: Second\n", export("txt"));
        assertEquals(5, export("jsonl").lines().count());
        client().get("/api/streams/{id}/transcript", meeting.id())
                .then()
                .statusCode(200)
                .body("size()", equalTo(5))
                .body("[4].deleted", equalTo(true));
    }

    @Test
    void exportsTheChatAsTextButNotAsSubtitles() {
        events.fire(meeting.says("First", 0, TranscriptAttribute.NEW));
        events.fire(meeting.writes("m1", "Se https://example.com"));
        events.fire(meeting.writes("", "without an id"));
        events.fire(meeting.writes("m3", "never mind"));
        events.fire(meeting.says("Second", 5_000, TranscriptAttribute.NEW));
        events.fire(meeting.writes("m1", "See https://example.com", ChatOperation.UPDATE));
        events.fire(meeting.writes("m1", "\uD83D\uDC4D", ChatOperation.ADD_EMOJI_REACTION));
        events.fire(meeting.writes("m3", "", ChatOperation.DELETE));
        assertEquals("""
                Anna: First
                Anna (chat): See https://example.com
                Anna (chat): without an id
                Anna: Second
                """, export("txt"));
        assertFalse(export("vtt").contains("example.com"));
        assertFalse(export("srt").contains("example.com"));
        assertEquals(8, export("jsonl").lines().count());
    }

    private String export(String format) {
        return client().get("/api/streams/{id}/transcript?format={format}", meeting.id(), format)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer test-token");
    }
}
