package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.AudioData;
import io.rtms.event.Cause;
import io.rtms.event.Metadata;
import io.rtms.event.Product;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls under way are counted, whatever their stages do. */
@Timeout(30)
class AsyncLaneTest {
    private static final StreamRef STREAM = new StreamRef("s", Product.MEETING, "m");

    private final List<Throwable> failures = new ArrayList<>();

    @Test
    void aStageThatCannotBeFollowedGivesItsPlaceBack() throws InterruptedException {
        IllegalStateException thrown = new IllegalStateException("no listeners");
        AsyncLane lane = lane(event -> new Unfollowed(thrown, false));
        putTwoAndTheEnd(lane);
        assertEquals(List.of(thrown, thrown), failures);
        assertTrue(lane.ended().isDone());
    }

    @Test
    void aStageThatEndsAndThenThrowsCountsOnce() throws InterruptedException {
        CompletableFuture<Void> last = new CompletableFuture<>();
        List<CompletionStage<?>> stages =
                new ArrayList<>(List.of(new Unfollowed(new IllegalStateException("late"), true), last));
        AsyncLane lane = lane(event -> stages.removeFirst());
        putTwoAndTheEnd(lane);
        assertEquals(List.of(), failures);
        assertFalse(lane.ended().isDone(), "the second call is under way");
        last.complete(null);
        assertTrue(lane.ended().isDone());
    }

    private AsyncLane lane(Function<RtmsEvent, CompletionStage<?>> callback) {
        return new AsyncLane(AudioData.class, 1, callback, (event, failure) -> failures.add(failure));
    }

    private static void putTwoAndTheEnd(AsyncLane lane) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            lane.put(new AudioData(STREAM, Metadata.NONE, new byte[0], i, 0));
        }
        lane.put(new StreamLeft(STREAM, Cause.NONE, 0));
    }

    /** Throws at whoever wants to know of its end. */
    private static final class Unfollowed extends CompletableFuture<Void> {
        private final RuntimeException thrown;
        private final boolean ends;

        private Unfollowed(RuntimeException thrown, boolean ends) {
            this.thrown = thrown;
            this.ends = ends;
        }

        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            if (ends) {
                action.accept(null, null);
            }
            throw thrown;
        }
    }
}
