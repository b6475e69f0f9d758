package io.rtms;

import io.rtms.event.AudioData;
import io.rtms.event.Passive;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An observer that stands still at a frame of one stream, once. */
@Singleton
public class Standstill {
    public final CountDownLatch began = new CountDownLatch(1);
    public final CountDownLatch goOn = new CountDownLatch(1);
    public volatile String streamId = "";

    void onAudio(@Observes @Passive AudioData frame) throws InterruptedException {
        if (frame.stream().streamId().equals(streamId) && began.getCount() > 0) {
            began.countDown();
            goOn.await(120, TimeUnit.SECONDS);
        }
    }
}
