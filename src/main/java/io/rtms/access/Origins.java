package io.rtms.access;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Origins of pages that may connect: the service's own and those that are listed. Safe for any thread. */
final class Origins {
    private static final String ANY = "*";

    private final List<String> listed;

    Origins(List<String> listed) {
        this.listed = listed.stream().map(Origins::canonical).toList();
    }

    boolean allow(String origin, String host) {
        String candidate = canonical(origin);
        return listed.contains(ANY) || listed.contains(candidate) || isOwn(candidate, host);
    }

    /** Only names and ports are compared: behind a proxy that ends TLS the service does not know its own scheme. */
    private static boolean isOwn(String origin, String host) {
        int scheme = origin.indexOf("://");
        return scheme > 0
                && canonical(origin.substring(0, scheme) + "://" + host).equals(origin);
    }

    /** Lower case, without the scheme's default port and a trailing slash; what is no origin stays as it is. */
    private static String canonical(String origin) {
        String text = origin.strip().toLowerCase(Locale.ROOT);
        try {
            URI uri = URI.create(text);
            if (uri.getScheme() == null || uri.getHost() == null) {
                return text;
            }
            boolean standard = uri.getPort() == -1 || uri.getPort() == ("https".equals(uri.getScheme()) ? 443 : 80);
            return uri.getScheme() + "://" + uri.getHost() + (standard ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
