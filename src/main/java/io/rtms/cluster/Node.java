package io.rtms.cluster;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Who this process is among the nodes. A node that was started again is another one: what the earlier process had is not its own. */
@Singleton
public class Node {
    private static final int BYTES = 4;

    private final String name;
    private final String id;

    @Inject
    Node(NodeConfig config) {
        this(config.name());
    }

    Node(String name) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        this.name = name.replaceAll("[{}#\\s]", "_");
        this.id = this.name + "-" + HexFormat.of().formatHex(random);
    }

    /** {@code rtms.node.name}. */
    public String name() {
        return name;
    }

    /** The name and what tells this process from others of the same name. */
    public String id() {
        return id;
    }

    /** The node's id in a lease's token. */
    static String ofToken(String token) {
        return token.substring(0, token.indexOf('#'));
    }

    /** The fencing number in a lease's token. */
    static String fenceOf(String token) {
        return token.substring(token.indexOf('#') + 1);
    }
}
