package io.rtms.page;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** One stream of the {@link ScriptedService}: a numbered log that the test writes, and that connected pages are sent. */
final class ScriptedStream {
    /** When the meetings of the tests begin. */
    static final long BEGIN = 1_767_607_200_000L;

    private final ScriptedService service;
    private final String id;
    private final List<JsonObject> entries = new ArrayList<>();
    private final int order;
    private String state = "live";
    private long now = BEGIN;

    ScriptedStream(ScriptedService service, String id, int order) {
        this.service = service;
        this.id = id;
        this.order = order;
        write(new JsonObject().put("type", "status").put("state", "live").put("reason", reason(0, "", "")));
    }

    String id() {
        return id;
    }

    /** Lets the meeting's clock go on. */
    ScriptedStream after(long millis) {
        now += millis;
        return this;
    }

    /** Somebody says something. Returns the segment's id. */
    String say(String name, String text) {
        return say(name, text, "en");
    }

    String say(String name, String text, String language) {
        after(2_000);
        String segmentId = participantId(name) + "-" + now;
        segment(segmentId, name, text, language);
        return segmentId;
    }

    /** A segment, new or corrected; deleted where the text is empty. */
    void segment(String segmentId, String name, String text, String language) {
        write(new JsonObject()
                .put("type", "transcript")
                .put("segmentId", segmentId)
                .put("final", true)
                .put("text", text)
                .put("language", language)
                .put("startMs", now)
                .put("endMs", now + 1_500)
                .put("speaker", participant(name)));
    }

    /** Somebody writes to everybody. */
    void writes(String name, String messageId, String text) {
        chat(name, messageId, text, "new", "everyone");
    }

    /** Something happens in the chat: new, update, delete, addReaction or removeReaction. */
    void chat(String name, String messageId, String text, String action, String to, String... receivers) {
        after(1_000);
        JsonObject message = new JsonObject()
                .put("type", "chat")
                .put("action", action)
                .put("messageId", messageId)
                .put("text", text)
                .put("sender", participant(name))
                .put("to", to);
        if (receivers.length > 0) {
            message.put("receivers", people(receivers));
        }
        write(message);
    }

    /** Somebody answers a message with a file. */
    void answersWithFile(String name, String messageId, String parentId, String text, String file) {
        after(1_000);
        write(new JsonObject()
                .put("type", "chat")
                .put("action", "new")
                .put("messageId", messageId)
                .put("parentMessageId", parentId)
                .put("text", text)
                .put("sender", participant(name))
                .put("to", "everyone")
                .put(
                        "files",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("id", "f1")
                                        .put("name", file)
                                        .put("size", 1234))));
    }

    /** Somebody begins to share the screen, or ends it. */
    void sharing(String name, boolean started) {
        write(new JsonObject()
                .put("type", "sharing")
                .put("action", started ? "started" : "stopped")
                .put("participant", participant(name)));
    }

    /** Somebody turns the camera on or off. */
    void video(String name, boolean on) {
        participants(on ? "videoOn" : "videoOff", name);
    }

    void joined(String... names) {
        participants("joined", names);
    }

    void left(String... names) {
        participants("left", names);
    }

    void speaks(String name) {
        write(new JsonObject().put("type", "speaker").put("speaker", participant(name)));
    }

    void become(String state, JsonObject reason) {
        this.state = state;
        write(new JsonObject().put("type", "status").put("state", state).put("reason", reason));
    }

    void end() {
        become("ended", reason(6, "MEETING_ENDED", "The meeting ended."));
    }

    /** Forgets the oldest entries, as a log of limited size does. */
    void forget(int count) {
        synchronized (service) {
            for (int i = 0; i < count; i++) {
                entries.set(i, null);
            }
        }
    }

    private void participants(String action, String... names) {
        write(new JsonObject().put("type", "participant").put("action", action).put("participants", people(names)));
    }

    private static JsonArray people(String... names) {
        JsonArray participants = new JsonArray();
        for (String name : names) {
            participants.add(participant(name));
        }
        return participants;
    }

    private void write(JsonObject entry) {
        synchronized (service) {
            entry.put("streamId", id).put("seq", entries.size() + 1).put("ts", now);
            entries.add(entry);
            service.relay(id, entry);
        }
    }

    /** What a page is sent that subscribes. */
    List<JsonObject> answerTo(JsonObject subscribe) {
        int last = entries.size();
        int after = subscribe.containsKey("after")
                ? subscribe.getInteger("after")
                : Math.max(0, last - subscribe.getInteger("tail", 0));
        int first = 1;
        while (first <= last && entries.get(first - 1) == null) {
            first++;
        }
        List<JsonObject> answer = new ArrayList<>();
        answer.add(
                about("subscribed").put("firstSeq", first).put("lastSeq", last).put("after", after));
        if (after < first - 1) {
            int lost = first - 1 - after;
            answer.add(about("gap")
                    .put("fromSeq", after + 1)
                    .put("toSeq", first - 1)
                    .put("count", lost)
                    .put("cause", "evicted"));
            after = first - 1;
        }
        answer.addAll(entries.subList(Math.min(after, last), last));
        answer.add(about("caughtUp").put("seq", last));
        return answer;
    }

    /** How {@code GET /api/streams} shows it. */
    JsonObject summary() {
        return new JsonObject()
                .put("streamId", id)
                .put("product", "meeting")
                .put("id", "uuid-" + id)
                .put("state", state)
                .put("since", System.currentTimeMillis() - 600_000 + order * 1_000L)
                .put("media", new JsonArray().add("transcript"))
                .put("loop", 0)
                .put("attempts", 0);
    }

    static JsonObject reason(int code, String name, String text) {
        return new JsonObject()
                .put("code", code)
                .put("name", name)
                .put("text", text)
                .put("retry", false);
    }

    private JsonObject about(String type) {
        return new JsonObject().put("type", type).put("streamId", id);
    }

    private static JsonObject participant(String name) {
        return new JsonObject().put("id", participantId(name)).put("name", name);
    }

    private static String participantId(String name) {
        return String.valueOf(16_778_240L + Math.abs(name.hashCode()));
    }
}
