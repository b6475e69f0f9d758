package io.rtms.transcript.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jboss.logging.Logger;

/**
 * The folder of transcript files. One process at a time may use it, which locks a file there: two would write the same numbers twice. In that file
 * stands whether all that readers were told of is in the files, for the next process: nothing once all of it lasts, else in which run of the machine
 * the folder is in use, or that the disk is behind. Safe for any thread, also for one that is interrupted: a channel would be closed then, and the lock lost.
 */
public final class LogFolder {
    private static final Logger LOG = Logger.getLogger(LogFolder.class);
    private static final String LOCK = ".lock";
    private static final int MOST_MARK = 64;
    private static final String BEHIND = "behind";

    private final Path path;
    private final Disk disk;
    private RandomAccessFile lockFile;
    private String mark = "";
    private LeftBehind leftBehind = LeftBehind.ALL;

    /** Touches nothing yet: {@link #prepare} takes the folder. */
    public LogFolder(Path path, Disk disk) {
        this.path = path;
        this.disk = disk;
    }

    Path path() {
        return path;
    }

    Disk disk() {
        return disk;
    }

    /** Makes the folder and takes it for this process, unless that was done. */
    synchronized void prepare() throws IOException {
        if (lockFile != null) {
            return;
        }
        if (!Files.isDirectory(path)) {
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
            } else {
                Files.createDirectories(path);
            }
        }
        RandomAccessFile file = new RandomAccessFile(path.resolve(LOCK).toFile(), "rw");
        try {
            FileLock lock = file.getChannel().tryLock();
            if (lock == null) {
                throw new IOException("another process uses the folder " + path);
            }
            mark = readMark(file);
            leftBehind = leftBehind(mark);
        } catch (IOException e) {
            file.close();
            throw e;
        } catch (OverlappingFileLockException e) {
            file.close();
            throw new IOException("this process uses the folder " + path + " already", e);
        }
        lockFile = file;
        if (leftBehind != LeftBehind.LESS_THAN_TOLD) {
            mark(disk.run());
        }
    }

    /** What the last process left. */
    synchronized LeftBehind leftBehind() {
        return leftBehind;
    }

    /** All files are in order, as far as what readers were told of can be. */
    synchronized void recovered() {
        leftBehind = LeftBehind.ALL;
        mark(disk.run());
    }

    /** Notes how the disk is now. */
    synchronized void mark(DiskState state) {
        if (lockFile != null && leftBehind != LeftBehind.LESS_THAN_TOLD) {
            mark(state.isOk() ? disk.run() : BEHIND);
        }
    }

    private LeftBehind leftBehind(String found) {
        if (found.isEmpty()) {
            return LeftBehind.ALL;
        }
        return found.equals(disk.run()) ? LeftBehind.ALL_UNSYNCED : LeftBehind.LESS_THAN_TOLD;
    }

    private static String readMark(RandomAccessFile file) throws IOException {
        byte[] mark = new byte[(int) Math.min(MOST_MARK, file.length())];
        file.readFully(mark);
        return new String(mark, StandardCharsets.US_ASCII);
    }

    /** In place, so that a full disk has room for it. Where it fails, no more is lost than would be without it. */
    private void mark(String text) {
        if (text.equals(mark)) {
            return;
        }
        try {
            lockFile.seek(0);
            lockFile.write(text.getBytes(StandardCharsets.US_ASCII));
            lockFile.setLength(text.length());
            lockFile.getFD().sync();
            mark = text;
            sync();
        } catch (IOException e) {
            LOG.debugf(e, "File %s in the folder of transcripts cannot be written", LOCK);
        }
    }

    /** The file of a stream. */
    Path log(String streamId) {
        return path.resolve(FileNames.of(streamId) + FileNames.LOG);
    }

    /** What was damaged in a stream's file. */
    Path damaged(String streamId) {
        return path.resolve(FileNames.of(streamId) + FileNames.DAMAGED);
    }

    /** A stream's file while it is being made. */
    Path unfinished(String streamId) {
        return path.resolve(FileNames.of(streamId) + FileNames.UNFINISHED);
    }

    /** All files of this kind, one after the other. */
    DirectoryStream<Path> files(String kind) throws IOException {
        return Files.newDirectoryStream(
                path, file -> file.getFileName().toString().endsWith(kind));
    }

    /** Removes all that there is of a stream. */
    void delete(String streamId) throws IOException {
        prepare();
        disk.delete(log(streamId));
        disk.delete(damaged(streamId));
        disk.delete(unfinished(streamId));
        sync();
    }

    /** Bytes of all that there is of a stream. */
    long size(String streamId) {
        return size(log(streamId)) + size(damaged(streamId)) + size(unfinished(streamId));
    }

    /** Bytes of a file; 0 without one. */
    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Makes the names of files last. */
    void sync() throws IOException {
        disk.syncFolder(path);
    }

    /**
     * Lets another process have the folder.
     *
     * @param lasting whether all that was written is synced
     */
    synchronized void close(boolean lasting) {
        try {
            if (lockFile != null && lockFile.getChannel().isOpen()) {
                if (lasting && leftBehind != LeftBehind.LESS_THAN_TOLD) {
                    mark("");
                }
                lockFile.close();
            }
        } catch (IOException e) {
            LOG.debug("The folder of transcripts was given up already", e);
        }
    }
}
