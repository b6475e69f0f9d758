package io.rtms.transcript;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is kept of transcripts. */
@ConfigMapping(prefix = "rtms.transcripts")
interface TranscriptConfig {
    /** Entries kept for each stream; older ones are reported to readers as a gap. */
    @WithDefault("100000")
    int maxEntries();

    /** How long an ended stream's transcript stays available. */
    @WithDefault("1H")
    Duration keepEnded();
}
