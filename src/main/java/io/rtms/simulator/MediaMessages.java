package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Participant;
import io.rtms.event.TranscriptAttribute;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptLanguage;
import io.rtms.simulator.script.ChatMessage;
import io.rtms.simulator.script.Happening;

/** Messages of media that are text (17, 18 and 23 to 27, rtms-protocol section 5.5). Times are milliseconds since the epoch. Immutable. */
record MediaMessages(Dialect dialect, Participants participants) {
    /** Zoom's number of the messages that carry a medium. */
    static int number(MediaType medium) {
        return Messages.AUDIO + medium.ordinal();
    }

    /** What is said between two times. */
    ObjectNode transcript(Participant speaker, String text, long start, long end) {
        ObjectNode content = dialect.putPerson(Messages.object(), speaker);
        dialect.putChannel(content, speaker)
                .put("data", text)
                .put("timestamp", start)
                .put("start_time", start)
                .put("end_time", end)
                .put("language", TranscriptLanguage.ENGLISH.number())
                .put("attribute", TranscriptAttribute.NEW.ordinal());
        return wrap(MediaType.TRANSCRIPT, content);
    }

    ObjectNode chat(ChatMessage message, long timestamp) {
        Participant sender = participants.named(message.sender());
        ObjectNode content = dialect.putPerson(Messages.object(), sender);
        dialect.putChannel(content, sender)
                .put("timestamp", timestamp)
                .put("operation_type", message.operation().number())
                .put("message_id", message.id())
                .put("data", message.text());
        content.putObject("chat_session")
                .put("type", message.session().number())
                .put("id", message.sessionId());
        dialect.putPerson(content.putObject("sender"), sender);
        if (!message.replyTo().isEmpty()) {
            content.put("parent_message_id", message.replyTo());
        }
        message.receivers()
                .forEach(
                        name -> dialect.putPerson(content.withArray("receiver").addObject(), participants.named(name)));
        message.files()
                .forEach(file -> content.withArray("files")
                        .addObject()
                        .put("file_id", file.id())
                        .put("file_name", file.name())
                        .put("file_size", file.size()));
        message.deletedFiles()
                .forEach(file -> content.withArray("delete_file_id_list").add(file));
        return wrap(MediaType.CHAT, content);
    }

    ObjectNode metadata(Happening.Metadata metadata, long timestamp) {
        ObjectNode content = metadata.content().deepCopy();
        if (!content.has("timestamp")) {
            content.put("timestamp", timestamp);
        }
        ObjectNode message =
                Messages.message(Messages.FIRST_METADATA + metadata.medium().ordinal());
        message.set("content", content);
        return message;
    }

    private ObjectNode wrap(MediaType medium, ObjectNode content) {
        ObjectNode message = Messages.message(number(medium));
        if (dialect.has(Deviation.CONTENT_AS_STRING)) {
            JsonNode text = content.remove("data");
            message.set("content", text);
            return message.setAll(content);
        }
        message.set("content", content);
        return message;
    }
}
