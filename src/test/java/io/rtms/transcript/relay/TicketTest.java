package io.rtms.transcript.relay;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.rtms.LogLines;
import io.rtms.access.Refusal;
import io.rtms.event.Passive;
import io.rtms.event.RtmsEvent;
import io.rtms.transcript.Meeting;
import io.rtms.transcript.log.EntryKind;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser with a ticket instead of a token, from its making to its end. */
@QuarkusTest
@TestProfile(TicketTest.AccessLog.class)
class TicketTest {
    /** Whoever turns the access log on must not find tokens in it. */
    public static final class AccessLog implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.access-log.enabled", "true", "rtms.access.tickets.max-ttl", "90S");
        }
    }

    @Inject
    @Passive
    Event<RtmsEvent> events;

    @TestHTTPResource
    URI server;

    private final Meeting meeting = Meeting.begin();
    private final Meeting other = Meeting.begin();
    private final List<String> secrets = new ArrayList<>(List.of("test-token"));
    private final LogLines log = new LogLines();

    @BeforeEach
    void begin() {
        log.begin();
        events.fire(meeting.says("hello"));
        events.fire(meeting.speaks());
        events.fire(other.says("secret"));
    }

    @AfterEach
    void noTokenIsInTheLog() {
        log.end();
        String lines = log.text();
        secrets.forEach(secret -> assertFalse(lines.contains(secret), "a token or ticket is in the log"));
        assertFalse(lines.contains("ERROR"), () -> "an error of ours: " + lines);
    }

    @Test
    void saysWhatTheTicketOpensAndHowLong() {
        long now = System.currentTimeMillis();
        mint("{\"streamId\":\"s\",\"kinds\":[\"transcript\",\"chat\"],\"ttl\":90}")
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("streamId", equalTo("s"))
                .body("kinds", equalTo(List.of("chat", "transcript")))
                .body("expiresAt", greaterThan(now + 80_000))
                .body("size()", equalTo(4));
        mint("{\"streamId\":\"*\"}")
                .statusCode(201)
                .body("kinds", hasSize(EntryKind.values().length))
                .body("expiresAt", lessThanOrEqualTo(System.currentTimeMillis() + 60_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | no JSON object",
                "[] | no JSON object",
                "{} | streamId must be a string",
                "{'streamId':7} | streamId must be a string",
                "{'streamId':''} | streamId must have 1 to 512 characters",
                "{'streamId':'s','stream':'t'} | unknown field",
                "{'streamId':'s','after':1} | unknown field",
                "{'streamId':'s','kinds':'transcript'} | kinds must name some of",
                "{'streamId':'s','kinds':[]} | kinds must name some of",
                "{'streamId':'s','kinds':['audio']} | kinds must name some of",
                "{'streamId':'s','kinds':[7]} | kinds must name some of",
                "{'streamId':'s','ttl':'60'} | ttl must be an integer",
                "{'streamId':'s','ttl':1.5} | ttl must be an integer",
                "{'streamId':'s','ttl':null} | ttl must be an integer",
                "{'streamId':'s','ttl':99999999999} | ttl must be an integer",
                "{'streamId':'s','ttl':0} | 1 to 90 s",
                "{'streamId':'s','ttl':-1} | 1 to 90 s",
                "{'streamId':'s','ttl':91} | 1 to 90 s",
                "{'streamId':'s','streamId':'*'} | a name twice"
            })
    void saysWhatIsWrong(String body, String why) {
        mint(body.replace('\'', '"'))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(why));
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        mint("{\"streamId\":\"" + "s".repeat(5000) + "\"}").statusCode(413);
    }

    @Test
    void takesATokenToMakeOneAndNoTicket() {
        String ticket = ticket("*");
        String body = "{\"streamId\":\"*\"}";
        given().body(body).post("/api/tickets").then().statusCode(401);
        given().body(body).post("/api/tickets?token=test-token").then().statusCode(401);
        given().body(body).post("/api/tickets?ticket=" + ticket).then().statusCode(401);
        given().header("Authorization", "Bearer " + ticket)
                .body(body)
                .post("/api/tickets")
                .then()
                .statusCode(401);
    }

    @Test
    void opensASocketToItsStreamOnce() throws Exception {
        String ticket = ticket(meeting.id());
        try (RelayClient client = connect("?ticket=" + ticket + "&stream=" + meeting.id())) {
            assertEquals(
                    "hello",
                    client.until("caughtUp").stream()
                            .filter(message -> message.path("type").asText().equals("transcript"))
                            .findFirst()
                            .orElseThrow()
                            .path("text")
                            .asText());
            assertEquals(4401, closeCode("?ticket=" + ticket + "&stream=" + meeting.id()));
            events.fire(meeting.says("still there"));
            client.next("transcript");
        }
    }

    @Test
    void opensASocketThatNamesItsStreamLater() throws Exception {
        try (RelayClient client = connect("?ticket=" + ticket(meeting.id()))) {
            client.next("hello");
            client.send(subscribe(meeting.id(), ""));
            client.until("caughtUp");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "*", "nobody"})
    void opensNoOtherStream(String which) throws Exception {
        String wanted = which.equals("other") ? other.id() : which;
        assertEquals(4403, closeCode("?ticket=" + ticket(meeting.id()) + "&stream=" + wanted));
        try (RelayClient client = connect("?ticket=" + ticket(meeting.id()) + "&stream=" + meeting.id())) {
            client.until("caughtUp");
            client.send(subscribe(wanted, ""));
            assertEquals(4403, client.next("error").path("code").asInt());
            assertEquals(4403, client.closeCode());
        }
    }

    @Test
    void opensItsKindsOnly() throws Exception {
        String ticket = ticket(meeting.id(), "speaker");
        try (RelayClient client = connect("?ticket=" + ticket + "&stream=" + meeting.id())) {
            assertEquals(List.of("hello", "subscribed", "speaker", "caughtUp"), types(client.until("caughtUp")));
            client.send(subscribe(meeting.id(), ",\"kinds\":[\"transcript\",\"speaker\"]"));
            assertEquals(List.of("subscribed", "speaker", "caughtUp"), types(client.until("caughtUp")));
            client.send(subscribe(meeting.id(), ",\"kinds\":[\"transcript\"]"));
            assertEquals(4403, client.next("error").path("code").asInt());
            assertEquals(4403, client.closeCode());
        }
    }

    @Test
    void aTicketForAllStreamsOpensAll() throws Exception {
        try (RelayClient client = connect("?ticket=" + ticket("*") + "&stream=*")) {
            client.until("caughtUp");
            client.send(subscribe(other.id(), ""));
            client.until("transcript");
        }
    }

    @Test
    void closesOnATicketThatIsNone() throws Exception {
        for (String query : List.of("?ticket=", "?ticket=x", "?ticket", "?ticket=" + "x".repeat(4000))) {
            assertEquals(4401, closeCode(query + "&stream=" + meeting.id()), query);
        }
        assertEquals(4401, closeCode("?token=wrong&ticket=" + ticket(meeting.id())));
    }

    @Test
    void aPageOfAnotherOriginIsRefusedWithATicketToo() throws Exception {
        try (RelayClient client = RelayClient.connect(
                server.getPort(), "?ticket=" + ticket(meeting.id()), Map.of("Origin", "https://evil.example"))) {
            assertEquals(4403, client.closeCode());
        }
    }

    @Test
    void opensAnEventStreamOnce() throws Exception {
        String path = "/api/streams/" + meeting.id() + "/events?ticket=" + ticket(meeting.id(), "speaker");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = follow(http, path);
            assertEquals(200, answer.statusCode());
            assertEquals(List.of("hello", "subscribed", "speaker", "caughtUp"), firstTypes(answer, 4));
            assertEquals(401, follow(http, path).statusCode());
            http.shutdownNow();
        }
    }

    @Test
    void opensNoOtherEventStreamAndNothingElse() {
        given().get("/api/streams/{id}/events?ticket={t}", other.id(), ticket(meeting.id()))
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
        given().get("/api/streams/{id}/events?ticket={t}&kinds=chat", meeting.id(), ticket(meeting.id(), "speaker"))
                .then()
                .statusCode(403);
        for (String path : List.of(
                "/api/streams",
                "/api/streams/" + meeting.id(),
                "/api/streams/" + meeting.id() + "/transcript",
                "/api/streams/" + meeting.id() + "/events/x",
                "/api/streams/" + meeting.id() + ";/events;x/y")) {
            given().get(path + "?ticket={t}", ticket("*")).then().statusCode(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s;x=y/events", "%s%%2Fevents", "x%%2F..%%2F%s/events", "%s+/events", "%s%%20/events"})
    void isNotTakenForAnotherStreamByTheFormOfThePath(String form) {
        String path = "/api/streams/" + form.formatted(other.id());
        int status = given().urlEncodingEnabled(false)
                .get(path + "?ticket=" + ticket(meeting.id()))
                .statusCode();
        assertTrue(status == 401 || status == 403 || status == 404, path + ": " + status);
    }

    /** Another test may have had its ten lines just now: then it takes a second until there is one more. */
    @Test
    void writesDownWhoWasTurnedAwayWithoutTheQuery() {
        await().until(() -> {
            given().get("/api/streams?token=classified").then().statusCode(401);
            return !log.with("door=api what=\"GET /api/streams\" who=\"127.0.0.1:")
                    .isEmpty();
        });
        await().until(() -> {
            closeCode("?token=classified");
            return !log.with("door=relay what=\"WebSocket /ws/transcripts\" who=\"")
                    .isEmpty();
        });
        await().until(() -> {
            closeCode("?ticket=" + ticket(meeting.id()) + "&stream=" + other.id());
            return !log.with("why=\"" + Refusal.FOREIGN_STREAM.text()).isEmpty();
        });
        await().until(() -> !log.with("\"GET /api/streams\" 401").isEmpty());
        assertFalse(log.text().contains("classified"), "the query is in the log");
    }

    private String ticket(String streamId, String... kinds) {
        String some = kinds.length == 0 ? "" : ",\"kinds\":[\"" + String.join("\",\"", kinds) + "\"]";
        String ticket = mint("{\"streamId\":\"" + streamId + "\"" + some + "}")
                .statusCode(201)
                .extract()
                .path("ticket");
        secrets.add(ticket);
        return ticket;
    }

    private static ValidatableResponse mint(String body) {
        return given().header("Authorization", "Bearer test-token")
                .body(body)
                .post("/api/tickets")
                .then();
    }

    private static String subscribe(String streamId, String more) {
        return "{\"type\":\"subscribe\",\"streamId\":\"" + streamId + "\"" + more + "}";
    }

    private RelayClient connect(String query) {
        return RelayClient.connect(server.getPort(), query, Map.of());
    }

    private int closeCode(String query) throws Exception {
        try (RelayClient client = connect(query)) {
            return client.closeCode();
        }
    }

    private HttpResponse<InputStream> follow(HttpClient http, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.getPort() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static List<String> firstTypes(HttpResponse<InputStream> answer, int count) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        List<String> types = new ArrayList<>();
        while (types.size() < count) {
            String line = lines.readLine();
            if (line.startsWith("data:")) {
                types.add(line.replaceAll(".*?\"type\":\"([a-zA-Z]+)\".*", "$1"));
            }
        }
        return types;
    }

    private static List<String> types(List<JsonNode> messages) {
        return messages.stream().map(message -> message.path("type").asText()).toList();
    }
}
