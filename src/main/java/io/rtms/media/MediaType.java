package io.rtms.media;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A medium that a stream can carry (rtms-protocol section 10.2). */
public enum MediaType {
    AUDIO(1),
    VIDEO(2),
    DESKSHARE(4),
    TRANSCRIPT(8),
    CHAT(16);

    /** Zoom's number for every medium over one connection; a flag of its own, not the sum of the others. */
    public static final int ALL = 32;

    private final int bit;

    MediaType(int bit) {
        this.bit = bit;
    }

    /** Zoom's number, a bit of its own. */
    public int bit() {
        return bit;
    }

    /** The medium's name in configuration, parameters and labels. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The medium with this name, in whatever case. */
    public static Optional<MediaType> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(type -> type.name().equalsIgnoreCase(label))
                .findFirst();
    }

    /** The bits of all these media. */
    public static int bits(Collection<MediaType> media) {
        return media.stream().mapToInt(MediaType::bit).reduce(0, (a, b) -> a | b);
    }

    /** The media whose bits are set; other bits are ignored. */
    public static Set<MediaType> ofBits(int bits) {
        Set<MediaType> media = EnumSet.noneOf(MediaType.class);
        for (MediaType type : values()) {
            if ((bits & type.bit) != 0) {
                media.add(type);
            }
        }
        return media;
    }
}
