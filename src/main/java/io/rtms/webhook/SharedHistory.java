package io.rtms.webhook;

import io.rtms.cluster.RedisRegistry;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;

/** The history of webhooks that all nodes share: it stands in each stream's record. */
@Singleton
@Typed(SharedHistory.class)
final class SharedHistory implements History {
    private final RedisRegistry registry;

    SharedHistory(RedisRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Verdict judge(String app, Webhook.OfStream webhook) {
        AtomicReference<Verdict> verdict = new AtomicReference<>();
        registry.change(webhook.streamId(), "history:" + app, text -> {
            StreamPast past = text.isEmpty() ? StreamPast.NOTHING : StreamPast.read(text);
            verdict.set(past.judge(webhook));
            return verdict.get() == Verdict.NEW ? past.with(webhook).write() : text;
        });
        return verdict.get();
    }
}
