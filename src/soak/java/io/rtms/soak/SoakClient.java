package io.rtms.soak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Asks the service under test, by its API. For any thread. */
final class SoakClient {
    /** What the service is told to take. */
    static final String TOKEN = "soak";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    SoakClient(int port) {
        this.port = port;
    }

    /** The body of the answer. */
    String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path));
    }

    /** Everything that the service has told about a stream. */
    List<JsonNode> entries(String streamId) throws IOException, InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        for (String line : get("/api/streams/%s/transcript?format=jsonl".formatted(streamId))
                .lines()
                .toList()) {
            entries.add(JSON.readTree(line));
        }
        return entries;
    }
}
