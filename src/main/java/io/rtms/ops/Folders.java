package io.rtms.ops;

import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The folders that hold what is to outlive a restart. */
@Singleton
public class Folders {
    private final Map<String, Optional<Path>> all = new LinkedHashMap<>();

    Folders(Config config) {
        for (String key : new String[] {"rtms.transcripts.dir", "rtms.stream.journal-dir"}) {
            all.put(
                    key,
                    config.getOptionalValue(key, String.class)
                            .filter(dir -> !dir.isBlank())
                            .map(Path::of));
        }
    }

    /** By the key that names each; without a path where it is empty. */
    public Map<String, Optional<Path>> all() {
        return all;
    }

    /** Why nothing can be written there, in words; empty where it can. Makes nothing. */
    public static Optional<String> problem(Path folder) {
        Path there = existing(folder);
        if (!Files.isDirectory(there)) {
            return Optional.of("%s is no folder".formatted(there));
        }
        if (!Files.isWritable(there)) {
            return Optional.of("%s cannot be written".formatted(there));
        }
        return Optional.empty();
    }

    /** The nearest folder above that is there, or itself. */
    public static Path existing(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
