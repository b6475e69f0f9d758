package io.rtms.transcript.disk;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The disk. {@link RandomAccessFile} rather than {@code FileChannel}: an interrupted thread would close the channel under everybody who uses it.
 */
public final class RealDisk implements Disk {
    private static final Path LINUX_BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    @Override
    public void create(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        } else {
            Files.createFile(file);
        }
    }

    @Override
    public Target open(Path file) throws IOException {
        return new OpenFile(existing(file), "rw");
    }

    @Override
    public Source read(Path file) throws IOException {
        return new OpenFile(existing(file), "r");
    }

    @Override
    public void replace(Path file, Path replaced) throws IOException {
        Files.move(file, replaced, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public String run() {
        try {
            return Files.readString(LINUX_BOOT_ID).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Opening for writing would make a file that is missing. */
    private static File existing(Path file) throws IOException {
        file.getFileSystem().provider().checkAccess(file);
        return file.toFile();
    }

    private static final class OpenFile implements Target, Source {
        private final RandomAccessFile file;

        OpenFile(File file, String mode) throws IOException {
            this.file = new RandomAccessFile(file, mode);
        }

        @Override
        public void write(byte[] bytes, long at) throws IOException {
            file.seek(at);
            file.write(bytes);
        }

        @Override
        public void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void truncate(long length) throws IOException {
            if (file.length() > length) {
                file.setLength(length);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int most, long at) throws IOException {
            file.seek(at);
            return file.read(bytes, offset, most);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
