package io.rtms.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Who may use the API and the relay. */
@ConfigMapping(prefix = "rtms.access")
interface AccessConfig {
    /** Bearer tokens of which any lets in. With none, a random one is made at start and printed once. */
    Optional<List<String>> tokens();

    /** Lets everybody in; said at every start. */
    @WithDefault("false")
    boolean open();

    /** Origins of pages that may connect besides the service's own, e.g. {@code https://app.example.com}; {@code *} for all. */
    Optional<List<String>> origins();
}
