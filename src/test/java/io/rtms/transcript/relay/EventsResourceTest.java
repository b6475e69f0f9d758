package io.rtms.transcript.relay;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.transcript.Meeting;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(60)
class EventsResourceTest {
    @Inject
    @Passive
    Event<RtmsEvent> events;

    @TestHTTPResource
    URI server;

    private final Meeting meeting = Meeting.begin();

    @Test
    void followsAStreamAsServerSentEvents() throws Exception {
        say("one", "two", "three");
        try (EventStream stream = new EventStream("?token=test-token", null)) {
            assertEquals(
                    List.of("hello", "subscribed", "transcript 1", "transcript 2", "transcript 3", "caughtUp"),
                    stream.next(6));
            say("four");
            assertEquals(List.of("transcript 4"), stream.next(1));
        }
    }

    @Test
    void comesBackWithTheLastEventId() throws Exception {
        say("one", "two", "three");
        try (EventStream stream = new EventStream("?token=test-token&after=0", "2")) {
            assertEquals(List.of("hello", "subscribed", "transcript 3", "caughtUp"), stream.next(4));
        }
    }

    @Test
    void answersWithProblems() {
        say("one");
        String events = "/api/streams/{id}/events";
        client().get(events, "nobody")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("title", equalTo("Not Found"));
        client().get(events + "?after=x", meeting.id()).then().statusCode(400).contentType("application/problem+json");
        client().header("Last-Event-ID", "x").get(events, meeting.id()).then().statusCode(400);
    }

    private void say(String... texts) {
        for (String text : texts) {
            events.fire(meeting.says(text));
        }
    }

    private static RequestSpecification client() {
        return given().header("Authorization", "Bearer test-token");
    }

    /** Reads events as a browser's EventSource does. */
    private final class EventStream implements AutoCloseable {
        private final ObjectMapper json = new ObjectMapper();
        private final HttpClient http = HttpClient.newHttpClient();
        private final BufferedReader lines;

        EventStream(String query, String lastEventId) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.getPort()
                            + "/api/streams/" + meeting.id() + "/events" + query))
                    .timeout(Duration.ofSeconds(20));
            if (lastEventId != null) {
                request.header("Last-Event-ID", lastEventId);
            }
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, response.statusCode());
            assertTrue(response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        }

        /** The next events as type and id. */
        List<String> next(int count) throws Exception {
            List<String> seen = new ArrayList<>();
            String id = "";
            while (seen.size() < count) {
                String line = lines.readLine();
                if (line.startsWith("id:")) {
                    id = " " + line.substring(3).strip();
                } else if (line.startsWith("data:")) {
                    JsonNode message = json.readTree(line.substring(5));
                    seen.add(message.path("type").asText() + id);
                    id = "";
                }
            }
            return seen;
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }
}
