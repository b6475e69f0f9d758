package io.rtms.access;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Access as it is configured by these keys. */
public final class TestAccess {
    private TestAccess() {}

    /** Tickets of which never more are out than this. */
    public static HeldTickets heldTickets(int most) {
        return new HeldTickets(config(Map.of("rtms.access.tickets.most", Integer.toString(most))));
    }

    static AccessConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "given", 300))
                .withMapping(AccessConfig.class)
                .build()
                .getConfigMapping(AccessConfig.class);
    }
}
