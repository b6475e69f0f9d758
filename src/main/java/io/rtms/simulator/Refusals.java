package io.rtms.simulator;

import io.rtms.media.MediaType;
import io.rtms.simulator.fault.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a stream still has to refuse. For all threads. */
final class Refusals {
    private final Map<Refusal, Integer> left = new LinkedHashMap<>();

    Refusals(List<Refusal> refusals) {
        refusals.forEach(this::add);
    }

    /** Refuses this too, after what is refused already. */
    synchronized void add(Refusal refusal) {
        left.merge(refusal, refusal.times(), Refusals::sum);
    }

    private static int sum(int a, int b) {
        return (int) Math.min(Integer.MAX_VALUE, (long) a + b);
    }

    /** The answer to a request that has to be refused now. */
    Optional<Answer> take(Refusal.Request request) {
        return take(request, Set.of());
    }

    /** The answer to a request about these media that has to be refused now. */
    synchronized Optional<Answer> take(Refusal.Request request, Set<MediaType> media) {
        for (Map.Entry<Refusal, Integer> entry : left.entrySet()) {
            Refusal refusal = entry.getKey();
            boolean meant = refusal.request() == request
                    && refusal.medium().map(media::contains).orElse(true);
            if (meant && entry.getValue() > 0) {
                entry.setValue(entry.getValue() - 1);
                return Optional.of(new Answer(refusal.status(), refusal.reason()));
            }
        }
        return Optional.empty();
    }
}
