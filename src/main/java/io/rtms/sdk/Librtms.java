package io.rtms.sdk;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.Map;

/**
 * JNA direct mapping of {@code rtms.h}. Loading this class loads the library, so a native image initialises it at run time. Every function
 * may be called from any thread, virtual ones too: none waits for the network, and only those that start a process wait for it, some milliseconds.
 */
final class Librtms {
    private static final NativeLibrary LIBRARY;

    static {
        LIBRARY = NativeLibraries.load(Librtms::bind);
        int version = rtms_abi_version();
        if (version != Abi.ABI_VERSION) {
            throw new UnsatisfiedLinkError("%s speaks version %d of the interface, this service needs %d"
                    .formatted(LIBRARY.getFile(), version, Abi.ABI_VERSION));
        }
    }

    private Librtms() {}

    private static NativeLibrary bind(Path file) {
        NativeLibrary library =
                NativeLibrary.getInstance(file.toString(), Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
        Native.register(Librtms.class, library);
        return library;
    }

    /** Where the library was loaded from. */
    static String path() {
        return LIBRARY.getFile().getPath();
    }

    static native int rtms_abi_version();

    static native String rtms_version();

    static native String rtms_strerror(int code);

    static native long rtms_loop_create(String name, long ringBytes, String wakePath);

    static native long rtms_loop_create_isolated(
            String name, long ringBytes, String wakePath, String worker, String library);

    static native int rtms_loop_kill(long loop);

    static native int rtms_loop_restart(long loop, String wakePath);

    static native long rtms_loop_process(long loop);

    static native String rtms_loop_engine(long loop);

    static native Pointer rtms_loop_ring(long loop);

    static native long rtms_loop_ring_bytes(long loop);

    static native int rtms_loop_set_tls(long loop, String caFile, int verify);

    static native int rtms_loop_space(long loop);

    static native int rtms_set_log_level(int level);

    static native int rtms_loop_pulse(long loop);

    static native int rtms_loop_stop(long loop);

    static native int rtms_loop_destroy(long loop);

    static native long rtms_stream_create(long loop);

    static native int rtms_stream_set_string(long stream, int option, String value);

    static native int rtms_stream_set_int(long stream, int option, long value);

    static native int rtms_stream_subscribe(long stream, int eventType, int on);

    static native int rtms_stream_subscribe_video(long stream, long userId, int on);

    static native int rtms_stream_query_stream_state(long stream);

    static native int rtms_stream_query_session_state(long stream, String sessionId);

    static native int rtms_stream_join(long stream);

    static native int rtms_stream_join_media(long stream);

    static native int rtms_stream_renew_media(long stream, long silentMs);

    static native int rtms_stream_pause(long stream, int level);

    static native int rtms_stream_leave(long stream);

    static native int rtms_stream_close(long stream);

    static native int rtms_stream_destroy(long stream);
}
