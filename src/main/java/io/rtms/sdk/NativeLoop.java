package io.rtms.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * A loop of the native library: an OS thread over there that owns sockets, and the ring through which it tells what happened. {@link #read},
 * {@link #fillRatio} and {@link #await} belong to one reader thread, best a virtual one; everything else may be called from any thread.
 */
public final class NativeLoop implements AutoCloseable {
    private final String name;
    private final boolean isolated;
    private final ByteBuffer wakeUpBytes = ByteBuffer.allocateDirect(64);
    private final long handle;
    private final ByteBuffer memory;
    /** The reader's. */
    private FrameRing ring;

    private SocketChannel wakeUp;

    private NativeLoop(String name, long ringBytes, Engine engine) throws IOException {
        this.name = name;
        this.isolated = engine.isolated();
        this.handle = connected(path -> create(path, ringBytes, engine));
        long bytes = NativeException.check("rtms_loop_ring_bytes", Librtms.rtms_loop_ring_bytes(handle));
        this.memory = Librtms.rtms_loop_ring(handle).getByteBuffer(0, bytes);
        this.ring = new FrameRing(memory);
    }

    /**
     * Starts a loop.
     *
     * @param name for the thread and for log lines
     * @param ringBytes capacity of the ring, rounded up to a power of two
     * @param engine what drives its streams; where it is not isolated this process has to have loaded its library
     * @throws NativeException where the native side cannot
     * @throws UnsatisfiedLinkError where a library, or the worker's program, is not there
     */
    public static NativeLoop open(String name, long ringBytes, Engine engine) {
        try {
            return new NativeLoop(name, ringBytes, engine);
        } catch (IOException e) {
            throw noSocket(name, e);
        }
    }

    private long create(String wakePath, long ringBytes, Engine engine) {
        if (!isolated) {
            return NativeException.check("rtms_loop_create", Librtms.rtms_loop_create(name, ringBytes, wakePath));
        }
        NativeLibraries.Worker worker = NativeLibraries.worker(engine.kind());
        return NativeException.check(
                "rtms_loop_create_isolated",
                Librtms.rtms_loop_create_isolated(
                        name,
                        ringBytes,
                        wakePath,
                        worker.program().toString(),
                        worker.library().toString()));
    }

    /** Has the native side connect its end of the wake-up socket, unless the result is below 0. */
    private long connected(ToLongFunction<String> connect) throws IOException {
        Path folder = Files.createTempDirectory("rtms-");
        Path socket = folder.resolve("wake");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            long result = connect.applyAsLong(socket.toString());
            if (result >= Abi.OK) {
                wakeUp = server.accept();
            }
            return result;
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }

    private static UncheckedIOException noSocket(String loop, IOException cause) {
        return new UncheckedIOException("cannot make the wake-up socket of loop " + loop, cause);
    }

    /** Whether it has a process of its own. */
    public boolean isIsolated() {
        return isolated;
    }

    /** That process's id; 0 where there is none. */
    public long process() {
        return Math.max(0, Librtms.rtms_loop_process(handle));
    }

    /** Name and version of the engine that it runs. */
    public String engine() {
        return Librtms.rtms_loop_engine(handle);
    }

    /** Ends its process as a crash would; for an isolated loop that gives no sign of life. */
    public void kill() {
        Librtms.rtms_loop_kill(handle);
    }

    /**
     * Starts an isolated loop's process again, when {@link #await} has said that it is gone; for the reader. Streams stay as they are; the attempts that
     * were lost are told to have ended.
     *
     * @return false where the loop was stopped
     * @throws NativeException where there can be no other process now
     */
    public boolean restart() {
        try {
            wakeUp.close();
            long result = connected(path -> {
                int restarted = Librtms.rtms_loop_restart(handle, path);
                return restarted == Abi.E_STOPPED ? restarted : NativeException.check("rtms_loop_restart", restarted);
            });
            ring = new FrameRing(memory);
            return result == Abi.OK;
        } catch (IOException e) {
            throw noSocket(name, e);
        }
    }

    /** What the loaded library says of itself. */
    public static String libraryVersion() {
        return Librtms.rtms_version();
    }

    /** The file it was loaded from; one that was unpacked is there no more. */
    public static String libraryPath() {
        return Librtms.path();
    }

    /**
     * Which log lines the native side writes.
     *
     * @param level the most talkative one, 1 error to 5 trace; 0 for none
     */
    public static void logLevel(int level) {
        NativeException.check("rtms_set_log_level", Librtms.rtms_set_log_level(level));
    }

    /**
     * Asks for a {@link FrameKind#PULSE}.
     *
     * @return false where the loop was stopped and none will come
     */
    public boolean pulse() {
        return Librtms.rtms_loop_pulse(handle) == Abi.OK;
    }

    /**
     * How the servers' certificates are checked by streams that join from now on.
     *
     * @param caFile PEM file of the authorities to trust; empty for the system's
     * @param verify false checks nothing
     */
    public void tls(String caFile, boolean verify) {
        NativeException.check("rtms_loop_set_tls", Librtms.rtms_loop_set_tls(handle, caFile, verify ? 1 : 0));
    }

    /** A new stream on this loop, not yet connected. */
    public NativeStream newStream() {
        return new NativeStream(NativeException.check("rtms_stream_create", Librtms.rtms_stream_create(handle)));
    }

    /**
     * Hands over up to {@code limit} frames that are there now, in order.
     *
     * @return how many records were read; 0 where there is nothing to read
     * @throws BrokenRingException where there is something that is no frame, as a crash may leave it
     */
    public int read(Consumer<Frame> receiver, int limit) {
        int records = ring.read(receiver, limit);
        if (ring.takeWriterWaiting()) {
            Librtms.rtms_loop_space(handle);
        }
        return records;
    }

    /**
     * Parks the calling thread until there may be something to read.
     *
     * @return false where the native side is gone; what it wrote before may have to be read yet
     */
    public boolean await() throws IOException {
        if (!ring.prepareSleep()) {
            return true;
        }
        try {
            return wakeUp.read(wakeUpBytes.clear()) >= 0;
        } finally {
            ring.awake();
        }
    }

    /** How much of the ring waits to be read, 0 to 1. For the reader: the memory is gone after {@link #close()}. */
    public double fillRatio() {
        return ring.fillRatio();
    }

    /** Closes all streams and ends the native thread; the ring's last frame is {@link FrameKind#LOOP_STOPPED}. Returns at once. */
    public void stop() {
        Librtms.rtms_loop_stop(handle);
    }

    /** Frees the native side. The reader must have ended: the ring is gone afterwards. */
    @Override
    public void close() {
        Librtms.rtms_loop_destroy(handle);
        try {
            wakeUp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
