package io.rtms.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which hosts the native side would dial, by the rules of {@code native/src/engine/url.cpp}: kept simple, so that the two can be compared. */
final class NativeUrls {
    private static final int MOST_CHARACTERS = 4096;
    private static final int MOST_HOST = 253;

    private NativeUrls() {}

    /** The hosts of a text with commas, in lower case; what is no URL is left out, as it is there. */
    static List<String> hosts(String servers) {
        List<String> hosts = new ArrayList<>();
        for (String entry : servers.split(",", -1)) {
            host(trim(entry)).ifPresent(hosts::add);
        }
        return hosts;
    }

    private static String trim(String text) {
        return text.replaceAll("^[ \t\r\n]+|[ \t\r\n]+$", "");
    }

    private static Optional<String> host(String url) {
        String lower = lower(url);
        boolean isPrintable = url.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (url.length() > MOST_CHARACTERS
                || !isPrintable
                || !lower.startsWith("wss://") && !lower.startsWith("ws://")) {
            return Optional.empty();
        }
        String rest = lower.substring(lower.indexOf("://") + 3).split("#", 2)[0];
        String authority = rest.split("[/?]", 2)[0];
        boolean isBracketed = authority.startsWith("[");
        int end = isBracketed ? authority.indexOf(']') + 1 : (authority + ":").indexOf(':');
        String host = authority.substring(0, Math.max(0, end));
        boolean isHost = isBracketed ? host.matches("\\[[a-z0-9:.%]*:[a-z0-9:.%]*]") : host.matches("[a-z0-9._-]+");
        return isHost && host.length() <= MOST_HOST && isPort(authority.substring(host.length()))
                ? Optional.of(host)
                : Optional.empty();
    }

    private static boolean isPort(String port) {
        return port.isEmpty()
                || port.equals(":")
                || port.matches(":0*[0-9]{1,5}")
                        && Integer.parseInt(port.substring(1)) > 0
                        && Integer.parseInt(port.substring(1)) <= 65_535;
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }
}
