package io.rtms.transcript;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Cause;
import io.rtms.event.Participant;
import io.rtms.transcript.TranscriptEntry.Attendance;
import io.rtms.transcript.TranscriptEntry.SpeakerChange;
import io.rtms.transcript.TranscriptEntry.Status;
import io.rtms.transcript.TranscriptEntry.Utterance;
import java.util.Locale;

/** Writes entries as relay messages. Ids become strings: a browser would round a 64-bit number. */
final class EntryJson {
    private EntryJson() {}

    static LogEntry number(String streamId, long seq, TranscriptEntry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", entry.kind().label()).put("streamId", streamId).put("seq", seq);
        switch (entry) {
            case Utterance utterance -> write(json, utterance);
            case SpeakerChange change -> json.set("speaker", participant(change.speaker()));
            case Attendance attendance -> write(json, attendance);
            case Status status -> write(json, status);
        }
        json.put("ts", entry.timestamp());
        return new LogEntry(seq, entry.kind(), json.toString());
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
        json.put("action", attendance.action().name().toLowerCase(Locale.ROOT));
        ArrayNode participants = json.putArray("participants");
        attendance.participants().forEach(participant -> participants.add(participant(participant)));
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
