package io.rtms.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rtms.LogLines;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that embeds the service decides about its own resources: tokens, errors and bodies are its own affair, wherever they stand. */
@QuarkusTest
@TestProfile(ProgramsResourcesTest.Embedded.class)
class ProgramsResourcesTest {
    /** What the service sets for itself as a program, as in a program that embeds it. */
    public static final class Embedded implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "rtms.access.paths", "/program/guarded",
                    "rtms.page.at-root", "false",
                    "rtms.http.body-timeout", "200MS");
        }
    }

    @TestHTTPResource
    URI server;

    private final LogLines log = new LogLines();

    @BeforeEach
    void listen() {
        log.begin();
    }

    @AfterEach
    void listenNoMore() {
        log.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/program", "/api/program"})
    void askForNoToken(String path) {
        given().get(path).then().statusCode(200).body(equalTo("mine"));
        given().header("Authorization", "Bearer the program's own")
                .get(path)
                .then()
                .statusCode(200);
    }

    @Test
    void askForOneWhereTheProgramSaysSo() {
        given().get("/program/guarded").then().statusCode(401).contentType("application/problem+json");
        given().header("Authorization", "Bearer test-token")
                .get("/program/guarded")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/streams", "/api/loops", "/api/tickets", "/simulator/meetings"})
    void theServicesOwnAskForATokenAllTheSame(String path) {
        given().get(path).then().statusCode(401).contentType("application/problem+json");
    }

    @Test
    void answerErrorsInTheirOwnWay() {
        given().get("/program/missing").then().statusCode(404).body(emptyString());
        given().patch("/program").then().statusCode(405).body(emptyString());
        given().get("/program/failing").then().statusCode(500).contentType(not(equalTo("application/problem+json")));
        String line = log.with("ERROR").getFirst();
        assertTrue(line.contains("HTTP Request to /program/failing failed, error id"), line);
    }

    @Test
    void takeTheirTimeForABody() throws IOException {
        try (Socket programs = begin("/program");
                Socket services = begin("/webhook")) {
            assertEquals("", rest(services), "the service has waited long enough");
            programs.getOutputStream().write('b');
            String answer = rest(programs);
            assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("ab"), answer);
        }
    }

    @ParameterizedTest
    @CsvSource({"/, 404", "/live/, 200"})
    void theRootIsTheProgramsOwn(String path, int status) {
        given().redirects().follow(false).get(path).then().statusCode(status).header("Location", nullValue());
    }

    /** The first of two bytes of a body. */
    private Socket begin(String path) throws IOException {
        Socket socket = new Socket("localhost", server.getPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\na")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
