package io.rtms.bench;

import io.rtms.event.VideoData;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

/** Observes video on threads of its own. */
@Singleton
public class AsyncObserver {
    private volatile VideoData last;

    void onVideo(@ObservesAsync VideoData frame) {
        last = frame;
    }

    /** A frame that came of late. */
    VideoData last() {
        return last;
    }
}
