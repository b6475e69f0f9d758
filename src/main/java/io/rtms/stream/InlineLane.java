package io.rtms.stream;

import io.rtms.event.RtmsEvent;
import java.util.function.Consumer;

/** Runs the callback on the stream's own thread. */
final class InlineLane extends Lane {
    private final Consumer<RtmsEvent> callback;

    InlineLane(Class<? extends RtmsEvent> type, Consumer<RtmsEvent> callback, Failures failures) {
        super(type, failures);
        this.callback = callback;
    }

    @Override
    void accept(RtmsEvent event) {
        run(event, () -> callback.accept(event));
    }

    @Override
    void acceptEnd() {
        end();
    }

    @Override
    void wake() {
        // Nobody waits here.
    }
}
