package io.rtms;

import io.rtms.loop.RoutingStrategy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Loops and TLS. */
interface RtmsConfig {
    /** The native loops. */
    @ConfigMapping(prefix = "rtms.loop")
    interface Loop {
        /** How many, each an OS thread; 0 is one for each processor. */
        @WithDefault("0")
        int threads();

        /** Which loop takes the next stream. */
        @WithDefault("least_loaded")
        RoutingStrategy strategy();

        /** Bytes of each loop's frame ring, rounded up to a power of two. */
        @WithDefault("4194304")
        long ringBytes();

        /** Without a sign of life for so long a loop counts as stuck, and the service as not live, so that it is restarted. */
        @WithDefault("30S")
        Duration stuckAfter();
    }

    /** What becomes of streams when the service stops. */
    @ConfigMapping(prefix = "rtms.shutdown")
    interface Shutdown {
        /** Whether Zoom is told that they are over. */
        @WithDefault("release")
        Streams streams();

        /** What becomes of a live stream. */
        enum Streams {
            /** Its connections are closed, and Zoom waits for it to be joined again: by this service after its restart, or by another. */
            RELEASE,
            /** It is ended. */
            LEAVE
        }
    }

    /** How the servers' certificates are checked. */
    @ConfigMapping(prefix = "rtms.tls")
    interface Tls {
        /** PEM file of the certificate authorities to trust; empty for the system's. */
        Optional<String> ca();

        /** Whether certificates are checked at all. */
        @WithDefault("true")
        boolean verify();
    }
}
