package io.rtms.simulator;

import io.rtms.media.MediaType;
import io.rtms.simulator.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Messages that are wrong in themselves. */
final class BadMessages {
    private static final int DEPTH = 10_000;
    private static final byte NOT_UTF8 = (byte) 0xC3;

    private static final List<String> GARBAGE =
            List.of("", "{", "no JSON at all", "[1,2,3]", "null", "{\"msg_type\":17,}");

    private static final List<String> UNKNOWN_TYPES = List.of(
            "{\"msg_type\":0}",
            "{\"msg_type\":30,\"content\":{\"data\":\"?\"}}",
            "{\"msg_type\":77,\"content\":null}",
            "{\"msg_type\":-1}",
            "{\"msg_type\":4294967313}");

    /** Of every message of signaling that a server may send, without what it needs and with wrong types for it. */
    private static final List<Integer> SIGNALING_TYPES = List.of(2, 6, 8, 9, 11, 20, 22, 29, 12);

    private static final String WRONG_SIGNALING =
            ",\"event\":[\"6\"],\"state\":{\"is\":4},\"reason\":[],\"stop_reason\":\"no number\",\"timestamp\":\"now\","
                    + "\"status_code\":\"0\",\"media_server\":7,\"rtms_stream_id\":7,\"rtms_session_id\":{},\"user_id\":[]}";

    private static final String WRONG_EVENT =
            "{\"msg_type\":6,\"event\":{\"event_type\":3,\"timestamp\":{},\"participants\":{\"user_id\":\"Ana\"}}}";

    private static final String WRONG_CONTENT =
            ",\"content\":{\"user_id\":{},\"user_name\":7,\"data\":[1,2],\"length\":\"many\",\"timestamp\":\"now\","
                    + "\"start_time\":[],\"end_time\":null,\"language\":\"en\"}}";

    private BadMessages() {}

    /** Sends every message of this form that suits a connection. */
    static void send(Fault.Form form, Line line) {
        Connection connection = line.connection();
        if (form == Fault.Form.INVALID_UTF8) {
            connection.sendAsIs(invalid());
        } else {
            texts(form, line).forEach(connection::sendAsIs);
        }
    }

    /** Sends one message of this size. */
    static void sendHuge(int bytes, Connection connection) {
        String head = "{\"msg_type\":77,\"content\":{\"data\":\"";
        String tail = "\"}}";
        int filling = Math.max(0, bytes - head.length() - tail.length());
        connection.sendAsIs(head + "A".repeat(filling) + tail);
    }

    private static List<String> texts(Fault.Form form, Line line) {
        return switch (form) {
            case GARBAGE -> GARBAGE;
            case DEEP -> List.of("{\"msg_type\":17,\"content\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH) + "}");
            case WRONG_TYPES -> wrongTypes(line);
            case MISSING_FIELDS -> missingFields(line);
            case UNKNOWN_TYPES -> UNKNOWN_TYPES;
            case EMPTY_DATA -> emptyData(line);
            case INVALID_UTF8 -> List.of();
        };
    }

    private static byte[] invalid() {
        byte[] message = "{\"msg_type\":17,\"content\":{\"data\":\"?\"}}".getBytes(StandardCharsets.US_ASCII);
        message[new String(message, StandardCharsets.US_ASCII).indexOf('?')] = NOT_UTF8;
        return message;
    }

    private static List<String> wrongTypes(Line line) {
        Stream<String> typed = numbers(line).map(type -> "{\"msg_type\":" + type);
        Stream<String> wrong = line.isSignaling()
                ? Stream.concat(Stream.of(WRONG_EVENT), typed.map(head -> head + WRONG_SIGNALING))
                : typed.flatMap(
                        head -> Stream.of(head + WRONG_CONTENT, head + ",\"content\":[7]}", head + ",\"content\":7}"));
        return Stream.concat(Stream.of("{\"msg_type\":\"17\"}", "{\"msg_type\":[17]}", "{\"msg_type\":1.5}"), wrong)
                .toList();
    }

    private static List<String> missingFields(Line line) {
        List<String> messages = new ArrayList<>(List.of("{}"));
        numbers(line).forEach(type -> messages.add("{\"msg_type\":" + type + "}"));
        if (!line.isSignaling()) {
            numbers(line).forEach(type -> messages.add("{\"msg_type\":" + type + ",\"content\":{}}"));
        }
        return messages;
    }

    private static List<String> emptyData(Line line) {
        String now = "\"timestamp\":" + System.currentTimeMillis();
        if (line.isSignaling()) {
            return Stream.of(2, 3, 4)
                    .map(event ->
                            "{\"msg_type\":6,\"event\":{\"event_type\":" + event + "," + now + ",\"participants\":[]}}")
                    .toList();
        }
        return numbers(line)
                .map(type -> "{\"msg_type\":" + type + ",\"content\":{\"user_id\":0,\"data\":\"\",\"length\":0," + now
                        + "}}")
                .toList();
    }

    private static Stream<Integer> numbers(Line line) {
        Set<MediaType> media = line.media();
        return line.isSignaling()
                ? SIGNALING_TYPES.stream()
                : media.stream().sorted().map(MediaMessages::number);
    }
}
