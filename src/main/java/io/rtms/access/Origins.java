package io.rtms.access;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Origins of pages that may connect: the service's own and those that are listed. Safe for any thread. */
final class Origins {
    private static final String ANY = "*";

    private final boolean any;
    private final List<String> listed;

    Origins(List<String> listed) {
        this.any = listed.contains(ANY);
        this.listed = listed.stream()
                .map(Origins::canonical)
                .flatMap(Optional::stream)
                .toList();
    }

    boolean allow(String origin, String host) {
        return any
                || canonical(origin)
                        .filter(known -> listed.contains(known) || isOwn(known, host))
                        .isPresent();
    }

    /** Only names and ports are compared: behind a proxy that ends TLS the service does not know its own scheme. */
    private static boolean isOwn(String origin, String host) {
        String scheme = origin.substring(0, origin.indexOf("://"));
        return canonical(scheme + "://" + host).filter(origin::equals).isPresent();
    }

    /** Lower case, without the scheme's default port and a trailing slash; empty for what is no origin. */
    private static Optional<String> canonical(String origin) {
        try {
            URI uri = URI.create(origin.strip().toLowerCase(Locale.ROOT));
            if (uri.getScheme() == null || uri.getHost() == null) {
                return Optional.empty();
            }
            boolean standard = uri.getPort() == -1 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
            return Optional.of(uri.getScheme() + "://" + uri.getHost() + (standard ? "" : ":" + uri.getPort()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
