package io.rtms.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How webhooks are taken in. */
@ConfigMapping(prefix = "rtms.webhook")
public interface WebhookConfig {
    /** Where Zoom posts; webhooks of a named app come to {@code <path>/<name>}. */
    @WithDefault("/webhook")
    String path();

    /** Secret tokens of which any may have signed; those of the default app, used through {@link io.rtms.stream.Apps}. */
    Optional<List<String>> secrets();

    /** How far a timestamp may be off. */
    @WithDefault("5M")
    Duration maxAge();

    /** Largest body, bytes. */
    @WithDefault("65536")
    int maxBytes();

    /** Signatures of webhooks taken that are remembered, so that the same request taken again changes nothing. */
    @WithDefault("100000")
    int replayCache();

    /** URL validations answered in a minute, for each app; and as many of the older kind, which are only sent back. */
    @WithDefault("10")
    int challengeRate();

    /** Webhooks that may wait to be acted on. */
    @WithDefault("10000")
    int intakeCapacity();

    /** Whether the service joins every stream of which it is told; else only those that programs join. */
    @WithDefault("true")
    boolean autoJoin();
}
