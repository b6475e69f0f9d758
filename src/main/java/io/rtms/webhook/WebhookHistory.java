package io.rtms.webhook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been seen already, so that Zoom's retries change nothing: for each stream the time of the newest webhook, and the webhooks of that
 * time. Remembers a bounded number of streams, those heard of last. For one thread.
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

    private record Seen(long newest, List<Integer> fingerprints) {}

    private final Map<String, Seen> streams;

    WebhookHistory(int mostStreams) {
        this.streams = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
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
        int fingerprint = fingerprint(webhook);
        Seen seen = streams.get(stream);
        if (seen == null || webhook.timestamp() > seen.newest()) {
            streams.put(stream, new Seen(webhook.timestamp(), List.of(fingerprint)));
            return Verdict.NEW;
        }
        if (seen.fingerprints().contains(fingerprint) && webhook.timestamp() == seen.newest()) {
            return Verdict.DUPLICATE;
        }
        if (webhook.timestamp() < seen.newest()) {
            return Verdict.OUTDATED;
        }
        streams.put(
                stream,
                new Seen(seen.newest(), List.of(fingerprint, seen.fingerprints().getFirst())));
        return Verdict.NEW;
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
