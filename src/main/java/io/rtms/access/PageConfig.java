package io.rtms.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The live page. */
@ConfigMapping(prefix = "rtms.page")
interface PageConfig {
    /**
     * Whether the root ({@code /}) leads to the page, which stands at {@code /live/}. The service as a program sets {@code true}; a program that embeds it
     * may have a page of its own there.
     */
    @WithDefault("false")
    boolean atRoot();
}
