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
    private final boolean isQueue;
    private final Work work;
    private final Thread thread;
    private volatile boolean running = true;

    private Worker(String name, boolean isQueue, Work work) {
        this.isQueue = isQueue;
        this.name = name;
        this.work = work;
        this.thread = Thread.ofVirtual().name("rtms-" + name).unstarted(this::loop);
    }

    static Worker start(String name, Work work) {
        Worker worker = new Worker(name, false, work);
        worker.thread.start();
        return worker;
    }

    /** One that takes what it does from a queue: what it has taken is done when it stops. */
    static Worker ofQueue(String name, Work work) {
        Worker worker = new Worker(name, true, work);
        worker.thread.start();
        return worker;
    }

    /** From now on it is not begun again. */
    void end() {
        running = false;
    }

    /** Waits for its end. One of a queue may take so long for what it has begun; others are interrupted at once. */
    void await(Duration patience) throws InterruptedException {
        if (!isQueue || !thread.join(patience)) {
            thread.interrupt();
            thread.join(PAUSE);
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
