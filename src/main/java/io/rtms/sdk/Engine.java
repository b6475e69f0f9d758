package io.rtms.sdk;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What drives streams: whose code, and in which process.
 *
 * @param kind whose code
 * @param isolated whether each loop has a process of its own, whose crash ends its streams' connections and nothing else
 */
public record Engine(Kind kind, boolean isolated) {
    /** In this process, the engine that comes with the service. */
    public static final Engine BUILTIN = new Engine(Kind.BUILTIN, false);

    /** Whose code drives streams. */
    public enum Kind {
        /** The engine that comes with the service. */
        BUILTIN("librtms.so"),
        /** Zoom's own SDK, by an adapter that was built with it. */
        ZOOM("librtms_zoom.so");

        private final String library;

        Kind(String library) {
            this.library = library;
        }

        /** File name of its library. */
        String library() {
            return library;
        }
    }

    /** Where loops run. */
    public enum Isolation {
        /** All in the service's own process. */
        NONE,
        /** Each in a process of its own. */
        PROCESS
    }

    /** What {@code rtms.engine} and {@code rtms.engine.isolation} say: Zoom's SDK is isolated unless told otherwise, the builtin engine is not. */
    public static Engine configured() {
        Config config = ConfigProvider.getConfig();
        Kind kind = config.getOptionalValue("rtms.engine", Kind.class).orElse(Kind.BUILTIN);
        boolean isolated = config.getOptionalValue("rtms.engine.isolation", Isolation.class)
                .map(isolation -> isolation == Isolation.PROCESS)
                .orElse(kind == Kind.ZOOM);
        return new Engine(kind, isolated);
    }

    /** The library that this process itself loads: of an isolated engine it needs only the commands and the ring. */
    String ownLibrary() {
        return isolated ? Kind.BUILTIN.library() : kind.library();
    }
}
