package io.rtms.access;

import java.util.Optional;

/** The bearer token of a request (RFC 6750). */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /**
     * Takes the token from the header, else from the query, which is for browsers: they cannot set headers on sockets and event streams.
     *
     * @param authorization the {@code Authorization} header, or null
     * @param query the parameter {@code token}, or null
     */
    public static Optional<String> of(String authorization, String query) {
        if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(authorization.substring(SCHEME.length()).strip());
        }
        return Optional.ofNullable(query).filter(token -> !token.isEmpty());
    }
}
