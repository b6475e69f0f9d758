package io.rtms.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads JSON that came in a request: bounded in depth; its size is bounded by whoever reads the bytes. */
public final class JsonBody {
    private static final int MOST_DEPTH = 32;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private JsonBody() {}

    /**
     * The object that a body holds.
     *
     * @throws IllegalArgumentException where it holds something else; the message says what
     */
    public static JsonNode object(byte[] body) {
        JsonNode root;
        try {
            root = READER.readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("the body is not JSON, or is nested deeper than " + MOST_DEPTH, e);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("the body is no JSON object");
        }
        return root;
    }
}
