package io.rtms.webhook;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** The history of webhooks in memory: of a bounded number of streams, those heard of last. For one thread. */
@Singleton
@Typed(WebhookHistory.class)
final class WebhookHistory implements History {
    /** More than an account may run in the hours in which Zoom comes again. */
    private static final int MOST_STREAMS = 50_000;

    private final Map<String, StreamPast> streams;

    @Inject
    WebhookHistory() {
        this(MOST_STREAMS);
    }

    WebhookHistory(int mostStreams) {
        this.streams = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, StreamPast> eldest) {
                return size() > mostStreams;
            }
        };
    }

    @Override
    public Verdict judge(String app, Webhook.OfStream webhook) {
        String stream = app + "/" + webhook.streamId();
        StreamPast past = streams.getOrDefault(stream, StreamPast.NOTHING);
        Verdict verdict = past.judge(webhook);
        if (verdict == Verdict.NEW) {
            streams.put(stream, past.with(webhook));
        }
        return verdict;
    }
}
