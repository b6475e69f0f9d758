package io.rtms.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** What the gateway can send at the most, one frame after the other, to peers that throw away what comes: it must be far from that in a load. */
final class Ceiling {
    private static final int CONNECTIONS = 100;
    private static final int SECONDS = 5;
    /** Microseconds between a speaker's frames: more than any gateway keeps up with. */
    private static final String INTERVAL = "200";

    private Ceiling() {}

    /** Frames a second of this plan's audio. */
    static double of(Plan plan) throws IOException, InterruptedException, TimeoutException {
        List<String> arguments = List.of("gateway", "--audio-bytes", plan.text("bytes"), "--audio-interval", INTERVAL);
        try (JsonProcess gateway = JsonProcess.generator("", arguments);
                JsonProcess peers = JsonProcess.generator("", List.of("readers"))) {
            int port = gateway.answer().get("port").asInt();
            for (int i = 0; i < CONNECTIONS; i++) {
                peers.ask("discard " + port);
            }
            GatewayReports.awaitMedia(gateway, CONNECTIONS);
            gateway.ask("start");
            gateway.ask("report");
            long begin = System.nanoTime();
            Thread.sleep(SECONDS * 1000L);
            double frames = gateway.ask("report").at("/offered/audio").asDouble();
            return frames * 1e9 / (System.nanoTime() - begin);
        }
    }
}
