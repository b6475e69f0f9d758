package io.rtms.loop;

import io.rtms.sdk.Frame;
import io.rtms.sdk.NativeLoop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** A loop's signs of life: asked for by any thread, one at a time, and taken by the loop's reader. */
final class Pulse {
    /** When the one that is awaited was asked for; null while none is. */
    private final AtomicReference<Long> askedAt = new AtomicReference<>();

    private volatile Duration silence = Duration.ZERO;

    /** Asks for another, unless one is awaited. */
    void ask(NativeLoop loop) {
        if (askedAt.compareAndSet(null, System.nanoTime()) && !loop.pulse()) {
            askedAt.set(null);
        }
    }

    void answered(Frame frame) {
        silence = Duration.ofMillis(frame.detail());
        askedAt.set(null);
    }

    /** The one that was asked for will not come any more. */
    void lost() {
        askedAt.set(null);
    }

    /** For how long one is awaited; zero where none is. */
    Duration awaited() {
        Long asked = askedAt.get();
        return asked == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - asked);
    }

    /** What the last one said of the loop's sockets. */
    Duration silence() {
        return silence;
    }
}
