package io.rtms.webhook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been seen already, so that Zoom's retries change nothing: for each stream the time of the newest webhook, and the webhooks of that
 * time; of starts and stops, and apart from them of interruptions. When servers fail, Zoom tells of both at once, and the two may overtake each
 * other: an interruption must not make the start outdated that says where the stream has gone, unless it names servers itself. Remembers a
 * bounded number of streams, those heard of last. For one thread.
 */
final class WebhookHistory {
    /** How a webhook stands to those before it. */
    enum Verdict {
        NEW,
        /** The same once more. */
        DUPLICATE,
        /** Something newer about the stream is known. */
        OUTDATED
    }

    private record Seen(long newest, List<Integer> fingerprints) {
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

    /**
     * Of one stream.
     *
     * @param life starts and stops
     * @param movedAt time of the newest interruption that named servers
     */
    private record Past(Seen life, Seen interruptions, long movedAt) {
        private static final Past NOTHING = new Past(Seen.NOTHING, Seen.NOTHING, Long.MIN_VALUE);

        private Past withLife(long timestamp, int fingerprint) {
            return new Past(life.with(timestamp, fingerprint), interruptions, movedAt);
        }

        private Past withInterruption(long timestamp, int fingerprint, boolean moves) {
            long moved = moves ? Math.max(movedAt, timestamp) : movedAt;
            return new Past(life, interruptions.with(timestamp, fingerprint), moved);
        }
    }

    private final Map<String, Past> streams;

    WebhookHistory(int mostStreams) {
        this.streams = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Past> eldest) {
                return size() > mostStreams;
            }
        };
    }

    /**
     * Judges a webhook and remembers it.
     *
     * @param app whose webhook it is: what one app says of a stream says nothing about another's
     */
    Verdict judge(String app, Webhook.OfStream webhook) {
        String stream = app + "/" + webhook.streamId();
        long timestamp = webhook.timestamp();
        int fingerprint = fingerprint(webhook);
        Past past = streams.getOrDefault(stream, Past.NOTHING);
        if (webhook instanceof Webhook.StreamInterrupted interrupted) {
            Verdict verdict = timestamp < past.life().newest()
                    ? Verdict.OUTDATED
                    : past.interruptions().judge(timestamp, fingerprint);
            if (verdict == Verdict.NEW) {
                boolean moves = !interrupted.serverUrls().isEmpty();
                streams.put(stream, past.withInterruption(timestamp, fingerprint, moves));
            }
            return verdict;
        }
        if (webhook instanceof Webhook.StreamStarted && timestamp < past.movedAt()) {
            return Verdict.OUTDATED;
        }
        Verdict verdict = past.life().judge(timestamp, fingerprint);
        if (verdict == Verdict.NEW) {
            streams.put(stream, past.withLife(timestamp, fingerprint));
        }
        return verdict;
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
