package io.rtms.ops.doctor;

import io.rtms.ops.Folders;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folders that the service writes to. */
@Singleton
class FoldersCheck implements Check {
    /** What a socket's path may have, in the file for temporary ones; 108 with the name of the socket. */
    private static final int LONGEST_TEMPORARY = 80;

    private static final long LITTLE_SPACE = 1L << 30;

    private final Folders folders;

    FoldersCheck(Folders folders) {
        this.folders = folders;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        folders.all().forEach((key, folder) -> findings.add(of(key, folder)));
        findings.add(temporary(Path.of(System.getProperty("java.io.tmpdir"))));
        return findings;
    }

    private static Finding of(String key, Optional<Path> folder) {
        String what = key.replaceFirst("^rtms\\.", "");
        if (folder.isEmpty()) {
            return Finding.warn(
                    what,
                    "Empty: nothing outlives a restart",
                    "Set %s to a folder on a disk that lasts, unless that is what you want".formatted(key));
        }
        Path path = folder.get().toAbsolutePath().normalize();
        Optional<String> problem = Folders.problem(path);
        if (problem.isPresent()) {
            return Finding.fail(
                    what,
                    problem.get(),
                    "Give it to the user that runs the service (%s), or set %s to another"
                            .formatted(System.getProperty("user.name"), key));
        }
        long free = Folders.existing(path).toFile().getUsableSpace();
        return free < LITTLE_SPACE
                ? Finding.warn(what, "%s has %d MB left".formatted(path, free >> 20), "Make room")
                : Finding.ok(what, "%s, %d GB left".formatted(path, free >> 30));
    }

    /** Sockets and native libraries come to life there. */
    private static Finding temporary(Path folder) {
        String what = "temporary files";
        if (folder.toString().length() > LONGEST_TEMPORARY) {
            return Finding.fail(
                    what,
                    "%s is too long for a socket".formatted(folder),
                    "Start with -Djava.io.tmpdir and a path of at most %d characters".formatted(LONGEST_TEMPORARY));
        }
        try {
            Files.delete(Files.createTempDirectory(folder, "rtms-check-"));
            return Finding.ok(what, folder.toString());
        } catch (IOException e) {
            return Finding.fail(
                    what,
                    "%s cannot be written".formatted(folder),
                    "Mount a tmpfs there, or start with -Djava.io.tmpdir and another");
        }
    }
}
