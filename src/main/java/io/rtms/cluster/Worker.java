package io.rtms.cluster;

import io.rtms.stream.StreamRegistry.RegistryAwayException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** A virtual thread that does the same again and again until it is stopped. While Redis is away it waits. */
public final class Worker {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** What it does. */
    public interface Work {
        void run() throws InterruptedException;
    }

    private final String name;
    private final Work work;
    private final Thread thread;
    private volatile boolean running = true;

    private Worker(String name, Work work) {
        this.name = name;
        this.work = work;
        this.thread = Thread.ofVirtual().name("rtms-" + name).unstarted(this::loop);
    }

    static Worker start(String name, Work work) {
        Worker worker = new Worker(name, work);
        worker.thread.start();
        return worker;
    }

    /** Does it no more. Returns when it has ended, or after a while. */
    void stop() {
        running = false;
        thread.interrupt();
        try {
            thread.join(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (running) {
            try {
                attempt();
            } catch (InterruptedException e) {
                LOG.debugf("%s was interrupted", name);
            }
        }
    }

    /** One failure is no reason to do it never again. */
    private void attempt() throws InterruptedException {
        try {
            work.run();
        } catch (RegistryAwayException e) {
            Thread.sleep(PAUSE);
        } catch (RuntimeException e) {
            if (running) {
                LOG.errorf(e, "%s failed, and goes on", name);
            }
            Thread.sleep(PAUSE);
        }
    }
}
