package io.rtms.simulator;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The servers of the simulated Zoom: those where streams begin, and others, as soon as a stream fails over to them. For all threads; blocks. */
final class Servers {
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);
    private static final int ATTEMPTS = 100;

    /** Not that of the first servers where theirs is free too. */
    private static final int ANOTHER_FREE_PORT = -2;

    private final Vertx vertx;
    private final SimulatorConfig settings;
    private final Streams streams;
    private final Gateway main;
    private final List<Gateway> all = new ArrayList<>();
    private boolean closed;

    /** Begins to listen; throws {@link IllegalStateException} where that is not possible. */
    Servers(Vertx vertx, SimulatorConfig settings, Streams streams) {
        this.vertx = vertx;
        this.settings = settings;
        this.streams = streams;
        this.main = new Gateway(vertx, settings, streams, settings.port());
        main.start();
        all.add(main);
    }

    /** Base URL of the servers where streams begin. */
    String url() {
        return main.url();
    }

    /** Base URL of servers that are not these; begins to listen where they are the first. */
    synchronized String other(String url) {
        if (all.size() == 1 && !closed) {
            Gateway spare = new Gateway(vertx, settings, streams, ANOTHER_FREE_PORT);
            spare.start();
            all.add(spare);
        }
        return all.stream()
                .map(Gateway::url)
                .filter(one -> !one.equals(url))
                .findFirst()
                .orElse(url);
    }

    /** Resets every connection, listens to nobody for a time, and listens again on the same ports. */
    synchronized void restart(Duration away) throws InterruptedException {
        if (closed) {
            return;
        }
        all.forEach(Gateway::crash);
        long end = System.nanoTime() + away.toNanos();
        for (long left = away.toMillis();
                !closed && left > 0;
                left = Duration.ofNanos(end - System.nanoTime()).toMillis()) {
            // Lets whoever wants to stop in.
            wait(left);
        }
        for (Gateway gateway : closed ? List.<Gateway>of() : all) {
            listenAgain(gateway);
        }
    }

    /** Another process may have taken the port for a moment. */
    private static void listenAgain(Gateway gateway) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                gateway.start();
                return;
            } catch (IllegalStateException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(BETWEEN_ATTEMPTS);
            }
        }
    }

    synchronized void stop() {
        closed = true;
        notifyAll();
        all.forEach(Gateway::stop);
    }
}
