package io.rtms.transcript.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The disk of this machine, with room for so many bytes, and with faults that a test turns on. */
public final class FaultyDisk implements Disk {
    private static final int ANY = Integer.MAX_VALUE / 2;

    private final Disk real = new RealDisk();
    final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
    public final AtomicInteger syncs = new AtomicInteger();
    final Set<String> syncingThreads = ConcurrentHashMap.newKeySet();
    final Semaphore syncsAllowed = new Semaphore(ANY);
    final AtomicInteger waitingToSync = new AtomicInteger();
    /** The run of the machine. */
    public volatile String run = "this run";

    volatile boolean syncsFail;
    volatile boolean opensFail;
    public volatile boolean deletesFail;
    volatile boolean readsFail;
    /** Bytes of a file that lie further than this cannot be read. */
    volatile long readableUpTo = Long.MAX_VALUE;

    /** The next bytes fit, those after them do not. */
    public void fullAfter(long bytes) {
        room.set(bytes);
    }

    public void hasRoom() {
        room.set(Long.MAX_VALUE);
    }

    /** Syncs wait from now on. */
    void stall() {
        syncsAllowed.drainPermits();
    }

    void goOn() {
        syncsAllowed.release(ANY);
    }

    @Override
    public void create(Path file) throws IOException {
        real.create(file);
    }

    @Override
    public Target open(Path file) throws IOException {
        if (opensFail) {
            throw new IOException("Too many open files");
        }
        return new FaultyTarget(real.open(file));
    }

    @Override
    public Source read(Path file) throws IOException {
        if (readsFail) {
            throw new IOException("Too many open files");
        }
        return new FaultySource(real.read(file));
    }

    @Override
    public void replace(Path file, Path replaced) throws IOException {
        real.replace(file, replaced);
    }

    @Override
    public void delete(Path file) throws IOException {
        if (deletesFail) {
            throw new IOException("Input/output error");
        }
        real.delete(file);
    }

    @Override
    public String run() {
        return run;
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        real.syncFolder(folder);
    }

    private final class FaultySource implements Source {
        private final Source source;

        FaultySource(Source source) {
            this.source = source;
        }

        @Override
        public int read(byte[] bytes, int offset, int most, long at) throws IOException {
            if (at + most > readableUpTo) {
                throw new IOException("Input/output error");
            }
            return source.read(bytes, offset, most, at);
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }

    private final class FaultyTarget implements Target {
        private final Target target;

        FaultyTarget(Target target) {
            this.target = target;
        }

        @Override
        public void write(byte[] bytes, long at) throws IOException {
            long left = room.get();
            if (left < bytes.length) {
                target.write(Arrays.copyOf(bytes, (int) left), at);
                room.set(0);
                throw new IOException("No space left on device");
            }
            room.addAndGet(-bytes.length);
            target.write(bytes, at);
        }

        @Override
        public void sync() throws IOException {
            waitingToSync.incrementAndGet();
            syncsAllowed.acquireUninterruptibly();
            waitingToSync.decrementAndGet();
            syncsAllowed.release();
            if (syncsFail) {
                throw new IOException("Input/output error");
            }
            target.sync();
            syncs.incrementAndGet();
            syncingThreads.add(Thread.currentThread().getName());
        }

        @Override
        public void truncate(long length) throws IOException {
            target.truncate(length);
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
