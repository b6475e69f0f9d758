package io.rtms.transcript.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** The few things that transcript files need of a disk, so that tests can let each of them fail. */
public interface Disk {
    /** Makes a new file, which is empty. Throws {@link java.nio.file.FileAlreadyExistsException} where there is one. */
    void create(Path file) throws IOException;

    /** Opens a file that is there for writing. */
    Target open(Path file) throws IOException;

    /** Opens a file for reading. */
    Source read(Path file) throws IOException;

    /** Puts a file in another's place, in one step. */
    void replace(Path file, Path replaced) throws IOException;

    /** Removes a file if it is there. */
    void delete(Path file) throws IOException;

    /** Makes names in a folder last: of files that were made, replaced or removed. */
    void syncFolder(Path folder) throws IOException;

    /** Names the run of this machine that lasts until it is started anew, or loses power; empty where that cannot be known. */
    String run();

    /** A file that is written. An interrupt of its thread does no harm to it. */
    interface Target extends Closeable {
        /** Hands bytes to the operating system: they outlive this process from then on. A failure may leave some of them behind. */
        void write(byte[] bytes, long at) throws IOException;

        /** Waits until everything that was written is on the disk: it outlives the machine from then on. Any thread. */
        void sync() throws IOException;

        /** Cuts the file off. */
        void truncate(long length) throws IOException;
    }

    /** A file that is read. */
    interface Source extends Closeable {
        /** Reads some bytes; none at the end. */
        int read(byte[] bytes, int offset, int most, long at) throws IOException;
    }
}
