package io.rtms.loop;

import java.util.Comparator;
import java.util.List;

/** Which loop of a pool takes the next client. */
public enum RoutingStrategy {
    /** The loop with the fewest clients, the first of several. */
    LEAST_LOADED {
        @Override
        EventLoop pick(List<EventLoop> loops, long turn) {
            return loops.stream()
                    .min(Comparator.comparingInt(EventLoop::clientCount))
                    .orElseThrow();
        }
    },
    /** One after the other. */
    ROUND_ROBIN {
        @Override
        EventLoop pick(List<EventLoop> loops, long turn) {
            return loops.get((int) (turn % loops.size()));
        }
    };

    abstract EventLoop pick(List<EventLoop> loops, long turn);
}
