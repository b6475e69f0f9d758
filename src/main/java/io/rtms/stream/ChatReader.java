package io.rtms.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.event.ChatData;
import io.rtms.event.ChatOperation;
import io.rtms.event.ChatSessionType;
import io.rtms.event.Metadata;
import io.rtms.event.Participant;
import io.rtms.event.StreamRef;
import io.rtms.sdk.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads chat messages (rtms-protocol section 5.5). Their text is either words, or a JSON string that holds the same fields again with the words
 * among them; fields beside the text win.
 */
final class ChatReader {
    private static final int MOST_ENTRIES = 1000;

    private ChatReader() {}

    static ChatData read(StreamRef stream, Metadata metadata, Frame frame, JsonNode extra) {
        String text = frame.text();
        JsonNode within = text.startsWith("{") ? Json.readOrMissing(text) : Json.readOrMissing("");
        boolean nested =
                within.isObject() && within.has("data") && (within.has("message_id") || within.has("chat_session"));
        JsonNode inner = nested ? within : Json.readOrMissing("");
        JsonNode session = field("chat_session", extra, inner);
        return new ChatData(
                stream,
                sender(metadata, field("sender", extra, inner)),
                nested ? inner.path("data").asText() : text,
                ChatOperation.of(field("operation_type", extra, inner).asInt(-1)),
                field("message_id", extra, inner).asText(""),
                field("parent_message_id", extra, inner).asText(""),
                new ChatData.Session(
                        ChatSessionType.of(session.path("type").asInt(-1)),
                        session.path("id").asText("")),
                receivers(field("receiver", extra, inner)),
                files(field("files", extra, inner)),
                texts(field("delete_file_id_list", extra, inner)),
                frame.timestamp(),
                frame.arrivalNanos());
    }

    private static JsonNode field(String name, JsonNode extra, JsonNode inner) {
        return extra.has(name) ? extra.path(name) : inner.path(name);
    }

    private static Metadata sender(Metadata metadata, JsonNode sender) {
        boolean known = !metadata.participant().equals(Participant.NONE);
        return known || !sender.isObject() ? metadata : Metadata.of(participant(sender));
    }

    private static Participant participant(JsonNode node) {
        return new Participant(
                node.path("user_id").asLong(), node.path("user_name").asText(""));
    }

    /** One receiver or several. */
    private static List<Participant> receivers(JsonNode node) {
        if (node.isObject()) {
            return List.of(participant(node));
        }
        List<Participant> receivers = new ArrayList<>();
        for (JsonNode entry : node) {
            if (receivers.size() < MOST_ENTRIES) {
                receivers.add(participant(entry));
            }
        }
        return receivers;
    }

    private static List<ChatData.File> files(JsonNode node) {
        List<ChatData.File> files = new ArrayList<>();
        for (JsonNode entry : node) {
            if (files.size() < MOST_ENTRIES) {
                files.add(new ChatData.File(
                        entry.path("file_id").asText(""),
                        entry.path("file_name").asText(""),
                        entry.path("file_size").asLong()));
            }
        }
        return files;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : node) {
            if (texts.size() < MOST_ENTRIES) {
                texts.add(entry.asText());
            }
        }
        return texts;
    }
}
