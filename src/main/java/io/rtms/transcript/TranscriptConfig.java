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
    /** Folder of the transcript files, one for each stream; empty to keep transcripts in memory alone. One process at a time may use it. */
    @WithDefault("data/transcripts")
    Optional<Path> dir();

    /** When what was written is made to outlive the machine (fsync). It outlives the process in any case. */
    @WithDefault("interval")
    FsyncPolicy fsync();

    /** How often files are synced with {@link FsyncPolicy#INTERVAL}: what a power failure can cost. */
    @WithDefault("200MS")
    Duration fsyncInterval();

    /** Entries of each stream in memory, at least 1. Older ones are read from disk; without a disk they are reported to readers as a gap. */
    @WithDefault("10000")
    int maxEntries();

    /**
     * Characters of all entries of all streams in memory together, at least 1. Above, each stream lets go of its own oldest ones, which are read from disk or
     * reported to readers as a gap. One takes a byte, or two beyond Latin-1.
     */
    @WithDefault("134217728")
    long maxMemory();

    /** Bytes of all transcripts together. Above, those of streams that are over are deleted, the oldest first; looked after once a minute. */
    @WithDefault("1073741824")
    long maxBytes();

    /** How long a transcript is kept after its last entry. Those of live streams are kept whatever their age. */
    @WithDefault("1D")
    Duration keepEnded();
}
