package io.rtms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.rtms.event.Participant;
import io.rtms.event.Passive;
import io.rtms.event.Product;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SharingStarted;
import io.rtms.event.StreamRef;
import io.rtms.stream.JoinRequest;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Observing is subscribing, unless one says otherwise. */
@QuarkusTest
class PassiveObserverTest {
    @Inject
    EventDelivery delivery;

    @Inject
    BeanManager beans;

    @Inject
    Listener listener;

    @Inject
    RecordedEvents recorded;

    private final SharingStarted sharing = new SharingStarted(
            new StreamRef(UUID.randomUUID().toString(), Product.MEETING, "m"), new Participant(7, "Ada"), 1);

    @Test
    void isToldOfEveryEventOnceLikeAnyOther() {
        JoinRequest request = JoinRequest.builder().stream(sharing.stream())
                .serverUrls(List.of("wss://rtms.zoom.us"))
                .build();
        delivery.of(request, event -> {}).accept(sharing);
        assertEquals(List.of(sharing), listener.of(sharing.stream()));
        assertEquals(List.of(sharing), recorded.of(sharing.stream().streamId()));
    }

    @Test
    void isNotAmongThoseWhoAskForSomething() {
        assertEquals(0, listeners(beans.resolveObserverMethods(sharing)));
        assertEquals(1, listeners(beans.resolveObserverMethods(sharing, Passive.Literal.INSTANCE)));
    }

    private static long listeners(Set<? extends ObserverMethod<?>> observers) {
        return observers.stream()
                .filter(observer -> observer.getBeanClass().equals(Listener.class))
                .count();
    }

    /** Asks for nothing. */
    @Singleton
    static class Listener {
        private final Queue<RtmsEvent> heard = new ConcurrentLinkedQueue<>();

        void onSharing(@Observes @Passive SharingStarted event) {
            heard.add(event);
        }

        List<RtmsEvent> of(StreamRef stream) {
            return heard.stream().filter(event -> event.stream().equals(stream)).toList();
        }
    }
}
