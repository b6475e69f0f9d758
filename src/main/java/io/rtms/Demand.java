package io.rtms;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.rtms.stream.Interest;
import jakarta.inject.Singleton;

/** What CDI observers listen to, found once at start; and what the relay shows, always. */
@Singleton
class Demand {
    private final Interest observed;

    /** {@link io.rtms.event.Passive Passive} observers are no reason to ask for anything: it resolves those without a qualifier. */
    Demand() {
        ArcContainer container = Arc.container();
        this.observed = Interest.where(
                        type -> !container.resolveObserverMethods(type).isEmpty())
                .and(Interest.RELAY);
    }

    Interest observed() {
        return observed;
    }
}
