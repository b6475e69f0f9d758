package io.rtms.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON that came in a request: UTF-8 and nothing else, bounded in depth and in the length of numbers and names, without names that stand
 * twice and without anything after it. Its size is bounded by whoever reads the bytes.
 */
public final class JsonBody {
    private static final int MOST_DEPTH = 32;
    private static final int MOST_DIGITS = 64;
    private static final int MOST_NAME = 256;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_DEPTH)
                            .maxNumberLength(MOST_DIGITS)
                            .maxNameLength(MOST_NAME)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    // Names are a stranger's: they shall not fill tables that outlive the request.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build()
            .reader();

    private JsonBody() {}

    /**
     * The object that a body holds.
     *
     * @throws IllegalArgumentException where it holds something else; the message says what
     */
    public static JsonNode object(byte[] body) {
        String text = text(body);
        JsonNode root;
        try (JsonParser parser = READER.createParser(text)) {
            root = READER.readTree(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("the body goes on after its JSON object");
            }
        } catch (StreamConstraintsException e) {
            throw new IllegalArgumentException(
                    "the body is nested deeper than %d, or has a number of more than %d or a name of more than %d characters"
                            .formatted(MOST_DEPTH, MOST_DIGITS, MOST_NAME),
                    e);
        } catch (MismatchedInputException e) {
            throw new IllegalArgumentException("the body has a name twice in one object", e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is not JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a string was read", e);
        }
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException("the body is no JSON object");
        }
        return root;
    }

    /** Jackson would also take UTF-16 and UTF-32 for JSON; what others read as UTF-8 must not mean something else here. */
    private static String text(byte[] body) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the body is not UTF-8", e);
        }
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            throw new IllegalArgumentException("the body begins with a byte order mark");
        }
        return text;
    }
}
