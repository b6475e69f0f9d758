package io.rtms.stream;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** Names servers for people: host and port, and nothing that may be secret. */
final class Hosts {
    private Hosts() {}

    static String of(List<String> urls) {
        return urls.stream().map(Hosts::of).collect(Collectors.joining(", "));
    }

    private static String of(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException e) {
            return "a server";
        }
    }
}
