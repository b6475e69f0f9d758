package io.rtms.ops;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive while no platform threads wait for each other for ever. Where the runtime cannot tell (a native executable), and for virtual threads, the loops'
 * signs of life have to be enough.
 */
@Liveness
@ApplicationScoped
public class DeadlockHealth implements HealthCheck {
    /** GraalVM's answer in an executable, whatever its threads do; other runtimes may throw instead. */
    private static final long[] UNKNOWN = {};

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("deadlocks");
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] stuck;
        try {
            stuck = threads.findDeadlockedThreads();
        } catch (UnsupportedOperationException e) {
            stuck = UNKNOWN;
        }
        if (stuck == null) {
            return response.up().build();
        }
        if (stuck.length == 0) {
            return response.up().withData("threads", "this runtime cannot tell").build();
        }
        for (ThreadInfo thread : threads.getThreadInfo(stuck)) {
            if (thread != null) {
                response.withData(
                        thread.getThreadName(),
                        "waits for %s, which %s holds; restart the service"
                                .formatted(thread.getLockName(), thread.getLockOwnerName()));
            }
        }
        return response.down().build();
    }
}
