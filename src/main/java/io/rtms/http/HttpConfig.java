package io.rtms.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What holds for every request over HTTP. */
@ConfigMapping(prefix = "rtms.http")
interface HttpConfig {
    /** How long a request's body may take to arrive; then its connection is closed, or with HTTP/2 its stream alone. */
    @WithDefault("10S")
    Duration bodyTimeout();
}
