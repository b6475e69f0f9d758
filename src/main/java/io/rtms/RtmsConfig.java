package io.rtms;

import io.rtms.loop.RoutingStrategy;
import io.rtms.media.MediaType;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Loops, TLS, and what is asked of Zoom. */
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

    /** Which media to ask for, and over how many sockets. */
    @ConfigMapping(prefix = "rtms.media")
    interface Media {
        /** {@code auto} asks for what is observed, else the media by name. */
        @WithDefault("auto")
        List<String> request();

        /** One socket for each medium, or one for all. */
        @WithDefault("split")
        Sockets sockets();

        /**
         * The media to ask for.
         *
         * @param observed what is observed
         */
        default Set<MediaType> wanted(Set<MediaType> observed) {
            if (request().equals(List.of("auto"))) {
                return observed;
            }
            Set<MediaType> media = EnumSet.noneOf(MediaType.class);
            for (String name : request()) {
                media.add(MediaType.ofLabel(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "rtms.media.request: %s is none of auto, audio, transcript".formatted(name))));
            }
            return media;
        }
    }

    /** How many sockets a stream's media take. */
    enum Sockets {
        SPLIT,
        COMBINED
    }
}
