package io.rtms.stream;

import io.rtms.event.Cause;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What it takes to join the streams of this node again after a crash or a restart: a small file for each in {@code rtms.stream.journal-dir},
 * without secrets; those come from the configuration. A folder that cannot be written costs this, and nothing else. For any thread.
 */
@Singleton
@Typed(StreamJournal.class)
public class StreamJournal implements StreamRegistry {
    private static final Logger LOG = Logger.getLogger(StreamJournal.class);
    private static final String SUFFIX = ".json";
    private static final int MOST_STREAMS = 10_000;
    private static final int MOST_BYTES = 65_536;

    private final Optional<Path> folder;

    /** In the configured folder, if any. */
    @Inject
    public StreamJournal(StreamConfig config) {
        this(config.journalDir().filter(dir -> !dir.isBlank()).map(Path::of));
    }

    StreamJournal(Optional<Path> folder) {
        this.folder = folder;
    }

    @Override
    public Lease take(JoinRequest request, Restore restore, Consumer<Cause> lost) {
        if (restore == Restore.BY_NOBODY) {
            return Lease.ALONE;
        }
        record(request);
        String streamId = request.stream().streamId();
        return new Lease() {
            @Override
            public void moved(List<String> serverUrls) {
                StreamJournal.this.moved(streamId, serverUrls);
            }

            @Override
            public void end(Cause cause) {
                forget(streamId);
            }
        };
    }

    @Override
    public boolean leaveBehind(JoinRequest request) {
        return record(request);
    }

    /** Whether the request can be written down: not where a program gave secrets of its own. */
    public boolean takes(JoinRequest request) {
        return folder.isPresent() && !request.canSign();
    }

    /**
     * Writes a request down, in place of an earlier one for the same stream.
     *
     * @return whether it was written: {@link #takes} and nothing failed
     */
    public boolean record(JoinRequest request) {
        if (!takes(request)) {
            return false;
        }
        Path file = file(request.stream().streamId());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(folder.orElseThrow());
            Files.writeString(fresh, StoredRequest.write(request));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            LOG.warnf(
                    "Stream %s will not be joined again after a restart: %s cannot be written (%s)",
                    request.stream().streamId(), file, e);
            return false;
        }
    }

    /** A stream that is written down is on other servers now. */
    public void moved(String streamId, List<String> serverUrls) {
        folder.map(there -> file(streamId))
                .filter(Files::exists)
                .flatMap(StreamJournal::read)
                .ifPresent(request ->
                        record(request.toBuilder().serverUrls(serverUrls).build()));
    }

    /** Forgets a stream; one that is not written down is no error. */
    public void forget(String streamId) {
        folder.ifPresent(there -> delete(file(streamId)));
    }

    /** The oldest first. What cannot be read is deleted and said in the log. */
    @Override
    public List<JoinRequest> pending() {
        if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
            return List.of();
        }
        List<JoinRequest> requests = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.get())) {
            for (Path file : files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted((a, b) -> Long.compare(modified(a), modified(b)))
                    .limit(MOST_STREAMS)
                    .toList()) {
                read(file).ifPresent(requests::add);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("Streams of before the restart are not joined again: %s cannot be read (%s)", folder.get(), e);
        }
        return requests;
    }

    private static Optional<JoinRequest> read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("it is larger than %d bytes".formatted(MOST_BYTES));
            }
            return Optional.of(StoredRequest.read(Files.readString(file)));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf("%s is no stream to join again: %s", file, e.getMessage());
            delete(file);
            return Optional.empty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf("%s cannot be deleted: %s", file, e);
        }
    }

    /** Ids are not made for file names; a digest of one is safe on every file system. */
    private Path file(String streamId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(streamId.getBytes(StandardCharsets.UTF_8));
            return folder.orElseThrow().resolve(HexFormat.of().formatHex(digest).substring(0, 32) + SUFFIX);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
