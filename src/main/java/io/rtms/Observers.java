package io.rtms;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Tells CDI observers of the events of one source, a stream for example. Those with {@code @Observes} are told first, on the caller's thread and one
 * after the other; one that throws ends that for this event. Then those with {@code @ObservesAsync}: each event on a virtual thread of its own, several
 * events at once and in no order. Only so many of these are under way: with one more the caller waits, so that memory stays bounded and whoever sends
 * too much is slowed down. Without such observers nothing is done for them. What observers throw is reported and nothing else.
 */
public final class Observers<E> {
    /** How many events may be under way of sources that have no limit of their own. */
    private static final int MOST = 1024;

    private final Event<E> event;
    private final Set<? extends Class<?>> async;
    private final UnderWay underWay;
    private final ToLongFunction<E> weight;
    private final BiConsumer<E, Throwable> failures;
    private final NotificationOptions onTheirThreads;

    /**
     * Observers of one stream's events, or of other events that are bounded by weight.
     *
     * @param event where they are fired
     * @param async the types of events that have observers with {@code @ObservesAsync}, see {@link #async}
     * @param underWay how many of these events may be under way
     * @param weight what an event takes of that
     * @param failures told what observers throw, on any thread
     * @param threads where those observers run
     */
    Observers(
            Event<E> event,
            Set<? extends Class<?>> async,
            UnderWay underWay,
            ToLongFunction<E> weight,
            BiConsumer<E, Throwable> failures,
            Executor threads) {
        this.event = event;
        this.async = async;
        this.underWay = underWay;
        this.weight = weight;
        this.failures = failures;
        this.onTheirThreads = NotificationOptions.ofExecutor(threads);
    }

    /**
     * Observers of events of one type, of which {@value #MOST} may be under way.
     *
     * @param failures told what observers throw, on any thread
     */
    public static <E> Observers<E> of(Class<E> type, Event<E> event, BiConsumer<E, Throwable> failures) {
        return new Observers<>(
                event,
                async(List.of(type)),
                new UnderWay(MOST, Long.MAX_VALUE),
                any -> 0,
                failures,
                task -> Thread.ofVirtual()
                        .name("rtms-async-" + type.getSimpleName())
                        .start(task));
    }

    /** Which of these types have observers with {@code @ObservesAsync}; events with these qualifiers are what they are fired as. */
    static <T extends Class<?>> Set<T> async(Collection<T> types, Annotation... qualifiers) {
        ArcContainer container = Arc.container();
        return types.stream()
                .filter(type -> container.resolveObserverMethods(type, qualifiers).stream()
                        .anyMatch(ObserverMethod::isAsync))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tells all observers of an event. Throws nothing. */
    public void tell(E happened) {
        try {
            event.fire(happened);
        } catch (Throwable e) { // an error too is the observer's own affair
            failures.accept(happened, e);
        }
        if (async.contains(happened.getClass())) {
            tellAsync(happened);
        }
    }

    private void tellAsync(E happened) {
        long itsWeight = weight.applyAsLong(happened);
        underWay.begin(itsWeight);
        try {
            event.fireAsync(happened, onTheirThreads)
                    .whenComplete((told, failure) -> end(happened, itsWeight, failure));
        } catch (Throwable e) { // also where no thread can be started
            end(happened, itsWeight, e);
        }
    }

    /** Each observer's failure is one of those that are suppressed by what the event came to. */
    private void end(E happened, long itsWeight, Throwable failure) {
        try {
            if (failure != null && failure.getSuppressed().length > 0) {
                List.of(failure.getSuppressed()).forEach(one -> failures.accept(happened, one));
            } else if (failure != null) {
                failures.accept(happened, failure);
            }
        } finally {
            underWay.end(itsWeight);
        }
    }

    /** Waits until observers have returned from every event, whatever interrupts this thread. */
    public void awaitReturn() {
        underWay.awaitNone();
    }

    /** Waits until observers have returned from every event; false where the time was not enough, or this thread was interrupted. */
    public boolean awaitReturn(Duration timeout) {
        return underWay.awaitNone(timeout);
    }
}
