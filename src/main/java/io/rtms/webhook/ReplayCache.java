package io.rtms.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/**
 * Signatures of webhooks that were taken: the same request once more, from Zoom because our answer was lost or from whoever recorded it, changes
 * nothing. The signature stands for everything it was made of (timestamp and body), so the first half of it is all that is kept, for each app
 * apart. One is remembered as long as its timestamp can be accepted, and at most {@code rtms.webhook.replay-cache} of them, the latest: some 105
 * bytes each, 10 MB by default. A restart forgets them. {@link WebhookHistory} behind it knows what Zoom says of a stream again under a new
 * signature. Safe for any thread.
 */
@Singleton
class ReplayCache {
    private static final int DIGITS = 16;

    private final InstantSource clock;
    /** How long from its arrival a signature can be good: its timestamp may be in the future as far as in the past. */
    private final long windowMs;

    private final SequencedMap<Key, Long> taken;

    @Inject
    ReplayCache(WebhookConfig config, MeterRegistry metrics) {
        this(config, InstantSource.system());
        metrics.gauge("rtms.webhook.replay.entries", this, ReplayCache::size);
    }

    ReplayCache(WebhookConfig config, InstantSource clock) {
        this.clock = clock;
        this.windowMs = config.maxAge().multipliedBy(2).toMillis();
        int most = config.replayCache();
        this.taken = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
                return size() > most;
            }
        };
    }

    private record Key(String app, long high, long low) {}

    /** What became of a webhook. */
    enum Verdict {
        TAKEN,
        /** It was taken before. */
        REPLAYED,
        /** It could not be taken, and may come again. */
        REFUSED
    }

    /**
     * Has a webhook taken unless it was taken before. It is remembered only once it was, so that one which was refused is welcome again.
     *
     * @param signature {@code v0=} and 64 hexadecimal digits, checked already
     * @param take takes the webhook; must not block, as others wait for it
     */
    synchronized Verdict once(String app, String signature, BooleanSupplier take) {
        forgetOld();
        int begin = signature.indexOf('=') + 1;
        Key key = new Key(app, part(signature, begin), part(signature, begin + DIGITS));
        if (taken.containsKey(key)) {
            return Verdict.REPLAYED;
        }
        if (!take.getAsBoolean()) {
            return Verdict.REFUSED;
        }
        taken.put(key, clock.millis());
        return Verdict.TAKEN;
    }

    synchronized int size() {
        return taken.size();
    }

    private void forgetOld() {
        long limit = clock.millis() - windowMs;
        while (!taken.isEmpty() && taken.firstEntry().getValue() < limit) {
            taken.pollFirstEntry();
        }
    }

    private static long part(String signature, int from) {
        return HexFormat.fromHexDigitsToLong(signature, from, from + DIGITS);
    }
}
