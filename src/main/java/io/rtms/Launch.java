package io.rtms;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts the service, unless this process is here for a {@link Command}. */
@ApplicationScoped
class Launch {
    /** Set by {@link RtmsMain}. */
    static final String SERVES = "rtms.serves";

    private final boolean serves;
    private final Event<ServiceStarting> starting;
    private final Event<ServiceStarted> started;

    Launch(
            @ConfigProperty(name = SERVES, defaultValue = "true") boolean serves,
            Event<ServiceStarting> starting,
            Event<ServiceStarted> started) {
        this.serves = serves;
        this.starting = starting;
        this.started = started;
    }

    void first(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) {
        if (serves) {
            starting.fire(new ServiceStarting());
        }
    }

    void last(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent event) {
        if (serves) {
            started.fire(new ServiceStarted());
        }
    }
}
