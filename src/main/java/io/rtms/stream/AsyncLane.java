package io.rtms.stream;

import io.rtms.event.RtmsEvent;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Calls the callback on the stream's own thread and does not wait for what it returns, up to a number of calls under way: then the stream's
 * thread waits, and with it, in the end, Zoom.
 */
final class AsyncLane extends Lane {
    private final Function<RtmsEvent, CompletionStage<?>> callback;
    private final Semaphore room;
    /** Calls under way, and one more until the end. */
    private final AtomicInteger open = new AtomicInteger(1);

    /** @param most calls under way at the most */
    AsyncLane(
            Class<? extends RtmsEvent> type,
            int most,
            Function<RtmsEvent, CompletionStage<?>> callback,
            Failures failures) {
        super(type, failures);
        this.callback = callback;
        this.room = new Semaphore(most);
    }

    @Override
    void accept(RtmsEvent event) throws InterruptedException {
        room.acquire();
        open.incrementAndGet();
        AtomicReference<CompletionStage<?>> stage = new AtomicReference<>();
        run(event, () -> stage.set(Objects.requireNonNull(callback.apply(event), "the callback returned no stage")));
        if (stage.get() == null) { // it failed at once, or did not begin
            done();
            return;
        }
        Call call = new Call(event);
        try {
            stage.get().whenComplete((nothing, failure) -> call.end(failure));
        } catch (Throwable e) { // a stage of the program's own may throw what it likes
            call.end(e);
        }
    }

    /** A call under way, which ends once, whatever its stage does. */
    private final class Call {
        private final RtmsEvent event;
        private final AtomicBoolean over = new AtomicBoolean();

        private Call(RtmsEvent event) {
            this.event = event;
        }

        private void end(Throwable failure) {
            if (!over.compareAndSet(false, true)) {
                return;
            }
            try {
                if (failure != null) {
                    failed(event, failure);
                }
            } finally {
                done();
            }
        }
    }

    private void done() {
        room.release();
        if (open.decrementAndGet() == 0) {
            end();
        }
    }

    @Override
    void acceptEnd() {
        if (open.decrementAndGet() == 0) {
            end();
        }
    }

    @Override
    void wake() {
        room.release();
    }
}
