package io.rtms.ops.doctor;

import io.quarkus.runtime.util.ExceptionUtil;
import io.rtms.sdk.Engine;
import io.rtms.sdk.NativeException;
import io.rtms.sdk.NativeLoop;
import jakarta.inject.Singleton;
import java.util.List;

/** Whether the native library is found, is the right one, has all functions and starts a loop. */
@Singleton
class LibraryCheck implements Check {
    private static final String WHAT = "native library";
    private static final long SMALLEST_RING = 65_536;

    @Override
    public List<Finding> findings() {
        Engine engine = Engine.configured();
        try (NativeLoop loop = NativeLoop.open("check", SMALLEST_RING, engine)) {
            String where = engine.isolated() ? ", each loop in a process of its own" : "";
            return List.of(Finding.ok(WHAT, "%s, from %s%s".formatted(loop.engine(), NativeLoop.libraryPath(), where)));
        } catch (NativeException e) {
            return List.of(
                    Finding.fail(
                            WHAT,
                            "No loop can be started: " + e.getMessage(),
                            "Where it is about a process, its reason stands on the standard error before this: rtms-worker and the engine's library have to be executable, and all libraries they need there"));
        } catch (LinkageError e) {
            return List.of(
                    Finding.fail(
                            WHAT,
                            "It cannot be loaded: " + reason(e),
                            "Use the librtms.so of this version and architecture, in the folder rtms.native.dir names, or leave that empty"));
        }
    }

    private static String reason(Throwable failure) {
        return String.valueOf(ExceptionUtil.getRootCause(failure).getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }
}
