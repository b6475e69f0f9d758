package io.rtms.transcript;

import io.rtms.transcript.disk.FsyncPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What is kept of transcripts, and where. */
@ConfigMapping(prefix = "rtms.transcripts")
interface TranscriptConfig {
    /** Folder of the files, one for each stream; empty to keep transcripts in memory alone. */
    @WithDefault("data/transcripts")
    Optional<Path> dir();

    /** When what was written is made to outlive the machine. */
    @WithDefault("interval")
    FsyncPolicy fsync();

    /** The interval of {@link FsyncPolicy#INTERVAL}. */
    @WithDefault("200MS")
    Duration fsyncInterval();

    /** Entries of each stream in memory; older ones are read from disk, or reported to readers as a gap where there is none. */
    @WithDefault("10000")
    int maxEntries();

    /**
     * Characters of all entries in memory together, of all streams. Above, each stream lets go of its own oldest ones, which are read from disk or
     * reported to readers as a gap. One takes a byte, or two beyond Latin-1.
     */
    @WithDefault("134217728")
    long maxMemory();

    /** Bytes of all transcripts together; above, those of streams that are over go, the oldest first. */
    @WithDefault("1073741824")
    long maxBytes();

    /** How long a transcript is kept after its last entry, unless its stream is live. */
    @WithDefault("1D")
    Duration keepEnded();
}
