package io.rtms.cluster;

import io.rtms.media.MediaType;
import java.util.Map;
import java.util.Set;

/**
 * How much a node may have.
 *
 * @param maxStreams streams at the most
 * @param maxCost what they may cost together
 * @param cost what a stream costs for each medium
 */
record Capacity(int maxStreams, double maxCost, Map<MediaType, Double> cost) {
    static Capacity of(NodeConfig config) {
        NodeConfig.Cost cost = config.cost();
        return new Capacity(
                config.maxStreams(),
                config.maxCost(),
                Map.of(
                        MediaType.AUDIO, cost.audio(),
                        MediaType.VIDEO, cost.video(),
                        MediaType.DESKSHARE, cost.deskshare(),
                        MediaType.TRANSCRIPT, cost.transcript(),
                        MediaType.CHAT, cost.chat()));
    }

    /** What a stream costs that asks for these media. */
    double costOf(Set<MediaType> media) {
        return media.stream().mapToDouble(type -> cost.getOrDefault(type, 1.0)).sum();
    }

    /** Whether one more stream of this cost fits in. */
    boolean hasRoom(int streams, double costs, double next) {
        return streams < maxStreams && costs + next <= maxCost;
    }

    /** From 0, nothing there, to 1. */
    double fullness(int streams, double costs) {
        return Math.min(1, Math.max((double) streams / Math.max(1, maxStreams), costs / Math.max(1, maxCost)));
    }
}
