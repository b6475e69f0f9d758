package io.rtms.transcript.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Cause;
import io.rtms.event.ChatData;
import io.rtms.event.ChatSessionType;
import io.rtms.event.Participant;
import io.rtms.transcript.log.TranscriptEntry.Attendance;
import io.rtms.transcript.log.TranscriptEntry.Chat;
import io.rtms.transcript.log.TranscriptEntry.Sharing;
import io.rtms.transcript.log.TranscriptEntry.SpeakerChange;
import io.rtms.transcript.log.TranscriptEntry.Status;
import io.rtms.transcript.log.TranscriptEntry.Utterance;
import io.rtms.transcript.log.TranscriptLog.Gap;
import java.util.List;
import java.util.Locale;

/**
 * Writes entries as relay messages, and what stands for entries that are missing. Ids become strings: a browser would round a 64-bit number.
 */
public final class EntryJson {
    private EntryJson() {}

    public static LogEntry number(String streamId, long seq, TranscriptEntry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", entry.kind().label()).put("streamId", streamId).put("seq", seq);
        switch (entry) {
            case Utterance utterance -> write(json, utterance);
            case SpeakerChange change -> json.set("speaker", participant(change.speaker()));
            case Attendance attendance -> write(json, attendance);
            case Sharing sharing -> write(json, sharing);
            case Chat chat -> write(json, chat.message());
            case Status status -> write(json, status);
        }
        json.put("ts", entry.timestamp());
        return new LogEntry(seq, entry.kind(), json.toString());
    }

    /** The message that tells of entries that are missing, one line: sent to readers, and kept in files in place of the entries. */
    public static String gap(String streamId, Gap gap) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "gap")
                .put("streamId", streamId)
                .put("fromSeq", gap.fromSeq())
                .put("toSeq", gap.toSeq())
                .put("count", gap.toSeq() - gap.fromSeq() + 1)
                .put("cause", gap.cause().name().toLowerCase(Locale.ROOT))
                .toString();
    }

    /** Zoom sends whole utterances and no drafts, so each is final; a later one with the same segment id replaces it. */
    private static void write(ObjectNode json, Utterance utterance) {
        json.put("segmentId", utterance.segmentId())
                .put("final", true)
                .put("text", utterance.text())
                .put("language", utterance.language().tag())
                .put("startMs", utterance.startMs())
                .put("endMs", utterance.endMs())
                .set("speaker", participant(utterance.speaker()));
        if (utterance.deleted()) {
            json.put("deleted", true);
        }
    }

    private static void write(ObjectNode json, Attendance attendance) {
        json.put("action", attendance.action().label());
        write(json.putArray("participants"), attendance.participants());
    }

    private static void write(ObjectNode json, Sharing sharing) {
        json.put("action", sharing.started() ? "started" : "stopped")
                .set("participant", participant(sharing.participant()));
    }

    /** What is empty is left out, except words and id. */
    private static void write(ObjectNode json, ChatData chat) {
        json.put("action", action(chat))
                .put("messageId", chat.messageId())
                .put("text", chat.text())
                .set("sender", participant(chat.participant()));
        if (!chat.parentMessageId().isEmpty()) {
            json.put("parentMessageId", chat.parentMessageId());
        }
        json.put("to", audience(chat.session().type()));
        if (!chat.session().id().isEmpty()) {
            json.put("sessionId", chat.session().id());
        }
        if (!chat.receivers().isEmpty()) {
            write(json.putArray("receivers"), chat.receivers());
        }
        if (!chat.files().isEmpty()) {
            ArrayNode files = json.putArray("files");
            chat.files()
                    .forEach(file -> files.addObject()
                            .put("id", file.id())
                            .put("name", file.name())
                            .put("size", file.size()));
        }
        if (!chat.deletedFileIds().isEmpty()) {
            ArrayNode ids = json.putArray("deletedFileIds");
            chat.deletedFileIds().forEach(ids::add);
        }
    }

    /** Zoom may leave the operation out of a message, which is a new one then. */
    private static String action(ChatData chat) {
        return switch (chat.operation()) {
            case NEW -> "new";
            case UNKNOWN -> chat.text().isEmpty() ? "unknown" : "new";
            case UPDATE -> "update";
            case DELETE -> "delete";
            case ADD_EMOJI_REACTION -> "addReaction";
            case REMOVE_EMOJI_REACTION -> "removeReaction";
        };
    }

    private static String audience(ChatSessionType type) {
        return switch (type) {
            case EVERYONE -> "everyone";
            case INDIVIDUAL -> "individual";
            case CHAT_GROUP -> "group";
            case HOSTS_AND_PANELISTS -> "hostsAndPanelists";
            case INDIVIDUAL_CC_HOSTS_AND_PANELISTS -> "individualAndHosts";
            case UNKNOWN -> "unknown";
        };
    }

    private static void write(ArrayNode array, List<Participant> participants) {
        participants.forEach(participant -> array.add(participant(participant)));
    }

    private static void write(ObjectNode json, Status status) {
        Cause cause = status.cause();
        json.put("state", status.state().label())
                .putObject("reason")
                .put("code", cause.code())
                .put("name", cause.name())
                .put("text", cause.text())
                .put("retry", cause.retry());
    }

    private static ObjectNode participant(Participant participant) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", Long.toUnsignedString(participant.id()))
                .put("name", participant.name());
    }
}
