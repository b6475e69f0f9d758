package io.rtms.bench;

import io.rtms.event.AudioData;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** Observes audio as an extension does, and measures how old stamped frames are. */
@Singleton
public class ListeningObserver {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Histogram ages = new SynchronizedHistogram(10_000_000_000L, 3);
    private volatile boolean measuring;
    /** So that no compiler finds that a frame is of no use. */
    private AudioData last;

    void onAudio(@Observes AudioData frame) {
        last = frame;
        if (measuring) {
            long now = System.nanoTime();
            ages.recordValue(Math.max(0, now - (long) LONG.get(frame.data(), 0)));
        }
    }

    /** Ages of frames from now on, nanoseconds from the stamp. */
    Histogram measure() {
        ages.reset();
        measuring = true;
        return ages;
    }

    void stopMeasuring() {
        measuring = false;
    }

    /** The frame that came last. */
    AudioData last() {
        return last;
    }
}
