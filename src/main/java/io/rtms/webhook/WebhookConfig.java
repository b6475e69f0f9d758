package io.rtms.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How webhooks are taken in. */
@ConfigMapping(prefix = "rtms.webhook")
public interface WebhookConfig {
    /** Where Zoom posts its webhooks; those of a named app come to this path, a slash and its name. */
    @WithDefault("${ZM_RTMS_PATH:/webhook}")
    String path();

    /**
     * The secret token with which Zoom signs the webhooks of the app without a name. Several are all accepted: for rotation; URL validations are
     * answered with the first. An empty one in the list is refused at the start.
     *
     * @see io.rtms.stream.Apps
     */
    @WithDefault("${ZM_RTMS_WEBHOOK_SECRET:}")
    Optional<List<String>> secrets();

    /**
     * How far a webhook's timestamp may be off. Zoom comes again 5, 25 and 85 minutes after a webhook that was not accepted, and does not say whether
     * it signs anew. With {@code 5M} a retry under its first timestamp is refused (401), so that a webhook that was answered 503 is lost; with
     * {@code 90M} all are let in. What was taken is not taken twice either way, as long as {@link #replayCache} has room for all webhooks of twice
     * this time.
     */
    @WithDefault("5M")
    Duration maxAge();

    /** Largest body accepted, in bytes; above, 413. */
    @WithDefault("65536")
    int maxBytes();

    /**
     * Signatures of webhooks taken that are remembered within the window, so that the same request again changes nothing; some 105 bytes each,
     * whatever {@link #maxAge} is. 100000 are 166 webhooks a second all the time with {@code 5M}, and 9 with {@code 90M}. Above, the oldest are
     * forgotten first, and after a restart all are: then only what is remembered of each stream tells that a webhook comes again.
     */
    @WithDefault("100000")
    int replayCache();

    /** URL validations answered in a minute, for each app, at least 1; above, 429. Those of the older kind ({@code x-zm-webhook-validator}) are counted apart. */
    @WithDefault("10")
    int challengeRate();

    /** Webhooks that may wait to be acted on; above, Zoom is answered 503 and comes again. */
    @WithDefault("10000")
    int intakeCapacity();

    /** Whether every stream of which a webhook tells is joined. With {@code false} only those are that a program's own clients join, or somebody over REST. */
    @WithDefault("true")
    boolean autoJoin();
}
