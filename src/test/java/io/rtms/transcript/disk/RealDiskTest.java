package io.rtms.transcript.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rtms.transcript.log.Reading;
import io.rtms.transcript.log.StreamLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk itself, and one that is really full. */
class RealDiskTest {
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.US_ASCII);

    private final Disk disk = new RealDisk();

    @TempDir
    Path folder;

    @Test
    void writesReadsCutsReplacesAndDeletes() throws IOException {
        Path file = folder.resolve("a");
        disk.create(file);
        try (Disk.Target target = disk.open(file)) {
            target.write(TEXT, 0);
            target.write(TEXT, 2);
            target.truncate(100);
            target.truncate(5);
            target.sync();
        }
        assertEquals("tetex", Files.readString(file));
        byte[] bytes = new byte[10];
        try (Disk.Source source = disk.read(file)) {
            assertEquals(2, source.read(bytes, 1, 2, 3));
            assertEquals('x', bytes[2]);
            assertTrue(source.read(bytes, 0, 2, 5) <= 0);
        }
        disk.replace(file, folder.resolve("b"));
        disk.syncFolder(folder);
        assertThrows(NoSuchFileException.class, () -> disk.open(file));
        assertThrows(NoSuchFileException.class, () -> disk.read(file));
        assertThrows(FileAlreadyExistsException.class, () -> disk.create(folder.resolve("b")));
        disk.delete(folder.resolve("b"));
        disk.delete(folder.resolve("b"));
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void saysThatADiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        try (Disk.Target target = disk.open(full)) {
            IOException refused = assertThrows(IOException.class, () -> target.write(TEXT, 0));
            assertTrue(refused.getMessage().contains("No space left"), refused.getMessage());
        }
    }

    /** A file system of 64 KiB, where the machine lets us make one. */
    @Test
    void aFileSystemThatIsFullLosesNothingThatMemoryHolds() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString()));
        try {
            Files.write(folder.resolve("others"), new byte[32 << 10]);
            Path transcripts = folder.resolve("transcripts");
            try (Shelf shelf = Shelf.open(transcripts, FsyncPolicy.INTERVAL, 1000)) {
                StreamLog log = shelf.begin("s");
                Shelf.say(log, 10);
                assertTrue(shelf.state.isOk());
                Shelf.say(log, 240);
                assertFalse(shelf.state.isOk());
                Reading.of(log).assertLines(1, 250);
                Files.delete(folder.resolve("others"));
                log.retry();
                assertTrue(shelf.state.isOk());
                Shelf.say(log, 10);
                log.close();
            }
            try (Shelf shelf = Shelf.open(transcripts)) {
                Reading.of(shelf.log("s")).assertLines(1, 260);
            }
        } finally {
            assertTrue(run("umount", folder.toString()));
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
