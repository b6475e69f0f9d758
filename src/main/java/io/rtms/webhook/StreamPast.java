package io.rtms.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.rtms.webhook.History.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What one app's webhooks have said of one stream.
 *
 * @param life starts and stops
 * @param interruptions interruptions
 * @param movedAt time of the newest interruption that named servers
 */
record StreamPast(Seen life, Seen interruptions, long movedAt) {
    static final StreamPast NOTHING = new StreamPast(Seen.NOTHING, Seen.NOTHING, Long.MIN_VALUE);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The newest time, and what came with it. */
    record Seen(long newest, List<Integer> fingerprints) {
        private static final Seen NOTHING = new Seen(Long.MIN_VALUE, List.of());

        private Verdict judge(long timestamp, int fingerprint) {
            if (timestamp < newest) {
                return Verdict.OUTDATED;
            }
            return timestamp == newest && fingerprints.contains(fingerprint) ? Verdict.DUPLICATE : Verdict.NEW;
        }

        /** With one that is new: of the same time the one before it is remembered too. */
        private Seen with(long timestamp, int fingerprint) {
            return timestamp > newest || fingerprints.isEmpty()
                    ? new Seen(timestamp, List.of(fingerprint))
                    : new Seen(newest, List.of(fingerprint, fingerprints.getFirst()));
        }
    }

    /** How a webhook stands to those before it. */
    Verdict judge(Webhook.OfStream webhook) {
        long timestamp = webhook.timestamp();
        if (webhook instanceof Webhook.StreamInterrupted) {
            return timestamp < life.newest() ? Verdict.OUTDATED : interruptions.judge(timestamp, fingerprint(webhook));
        }
        if (webhook instanceof Webhook.StreamStarted && timestamp < movedAt) {
            return Verdict.OUTDATED;
        }
        return life.judge(timestamp, fingerprint(webhook));
    }

    /** With one that is new. */
    StreamPast with(Webhook.OfStream webhook) {
        long timestamp = webhook.timestamp();
        int fingerprint = fingerprint(webhook);
        if (webhook instanceof Webhook.StreamInterrupted interrupted) {
            long moved = interrupted.serverUrls().isEmpty() ? movedAt : Math.max(movedAt, timestamp);
            return new StreamPast(life, interruptions.with(timestamp, fingerprint), moved);
        }
        return new StreamPast(life.with(timestamp, fingerprint), interruptions, movedAt);
    }

    /** As a line of text. */
    String write() {
        ArrayNode json = JSON.createArrayNode().add(movedAt);
        for (Seen seen : List.of(life, interruptions)) {
            ArrayNode one = json.addArray().add(seen.newest());
            seen.fingerprints().forEach(one::add);
        }
        return json.toString();
    }

    /** What was written. */
    static StreamPast read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return new StreamPast(
                    seen(json.path(1)), seen(json.path(2)), json.path(0).asLong());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no history of webhooks", e);
        }
    }

    private static Seen seen(JsonNode json) {
        List<Integer> fingerprints = new ArrayList<>();
        for (int i = 1; i < json.size(); i++) {
            fingerprints.add(json.path(i).asInt());
        }
        return new Seen(json.path(0).asLong(), fingerprints);
    }

    /** Event and servers; what else a retry may carry differently does not count. */
    private static int fingerprint(Webhook.OfStream webhook) {
        return switch (webhook) {
            case Webhook.StreamStarted started ->
                List.of(started.event(), started.serverUrls()).hashCode();
            case Webhook.StreamInterrupted interrupted ->
                List.of(interrupted.event(), interrupted.serverUrls()).hashCode();
            case Webhook.StreamStopped stopped -> stopped.event().hashCode();
        };
    }
}
