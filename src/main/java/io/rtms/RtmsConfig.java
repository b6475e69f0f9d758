package io.rtms;

import io.rtms.loop.RoutingStrategy;
import io.rtms.sdk.Engine;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Optional;

/** The native library, loops and TLS. */
interface RtmsConfig {
    /** Where the native libraries come from. */
    @ConfigMapping(prefix = "rtms.native")
    interface Native {
        /**
         * Folder of {@code librtms.so} and, where it is there too, {@code libjnidispatch.so}. Empty: they lie beside the executable or the jar that was
         * started, or else are unpacked from it into a folder for temporary files that only this user can open.
         */
        Optional<String> dir();
    }

    /** What speaks with Zoom's servers. */
    @ConfigMapping(prefix = "rtms.engine")
    interface EngineChoice {
        /**
         * What speaks with Zoom's servers: {@code builtin}, which comes with the service, or {@code zoom}, Zoom's own SDK. That one has to be there:
         * {@code librtms_zoom.so}, which is built with it, and {@code librtmsdk.so.0} in the folder of {@code librtms.so}.
         */
        @WithParentName
        @WithDefault("builtin")
        Engine.Kind kind();

        /**
         * Where loops run: {@code none}, all in the service's own process, or {@code process}, each in a process of its own. When such a process crashes or
         * hangs the service starts another one, which joins its streams again; other loops' streams do not notice. Default {@code process} for
         * {@code zoom}, {@code none} for {@code builtin}.
         */
        Optional<Engine.Isolation> isolation();
    }

    /** The native loops, which speak with Zoom's servers: each an OS thread with a frame ring of its own. */
    @ConfigMapping(prefix = "rtms.loop")
    interface Loop {
        /** How many loops; 0 is one for each two processors: delivering what a loop reads takes a second one. */
        @WithDefault("0")
        int threads();

        /** Which loop takes the next stream. */
        @WithDefault("least_loaded")
        RoutingStrategy strategy();

        /** Bytes of each loop's frame ring, rounded up to a power of two: 65536 to 1073741824. */
        @WithDefault("4194304")
        long ringBytes();

        /**
         * A loop without a sign of life for so long counts as stuck, and the service as not live, so that it is restarted. Where loops have processes of their own, that loop's
         * process is ended first, and another one started.
         */
        @WithDefault("30S")
        Duration stuckAfter();
    }

    /** What becomes of streams when the service stops. */
    @ConfigMapping(prefix = "rtms.shutdown")
    interface Shutdown {
        /** What becomes of a live stream. */
        @WithDefault("release")
        Streams streams();

        /** What may become of it. */
        enum Streams {
            /**
             * Its connections are closed, and Zoom waits (60 seconds) for it to be joined again: by this service after its restart, or by another
             * instance.
             */
            RELEASE,
            /** It is ended. */
            LEAVE
        }
    }

    /** How certificates of Zoom's servers are checked, unless a named app says otherwise. */
    @ConfigMapping(prefix = "rtms.tls")
    interface Tls {
        /** PEM file of the certificate authorities to trust for Zoom's servers; empty for the system's. */
        @WithDefault("${ZM_RTMS_CA:}")
        Optional<String> ca();

        /** Whether certificates are checked. Turn this off for experiments only. */
        @WithDefault("true")
        boolean verify();
    }
}
