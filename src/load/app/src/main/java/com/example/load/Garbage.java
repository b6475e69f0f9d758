package com.example.load;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.ThreadMXBean;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** What the Java machine says of allocation and collections. */
@Startup
@Singleton
public class Garbage {
    private final LongAdder count = new LongAdder();
    private final LongAdder pauses = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    Garbage() {
        ManagementFactory.getGarbageCollectorMXBeans()
                .forEach(bean -> ((NotificationEmitter) bean)
                        .addNotificationListener(
                                (notification, _) -> collected((CompositeData) notification.getUserData()),
                                null,
                                null));
    }

    private void collected(CompositeData data) {
        GarbageCollectionNotificationInfo info = GarbageCollectionNotificationInfo.from(data);
        if (!info.getGcAction().contains("concurrent") && !info.getGcCause().equals("No GC")) {
            long millis = info.getGcInfo().getDuration();
            count.increment();
            pauses.add(millis);
            longest.accumulate(millis);
        }
    }

    /** Forgets the longest pause. */
    void reset() {
        longest.reset();
    }

    /** Bytes allocated, pauses and their milliseconds since the start; the longest since {@link #reset}. */
    Map<String, Object> figures() {
        return Map.of(
                "allocated",
                ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes(),
                "heapUsed",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                "count",
                count.sum(),
                "pauses",
                pauses.sum(),
                "longest",
                longest.get());
    }
}
