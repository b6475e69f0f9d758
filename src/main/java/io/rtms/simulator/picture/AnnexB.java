package io.rtms.simulator.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts an H.264 byte stream (ITU-T H.264, Annex B) into access units: what belongs to one picture, from its parameter sets to its last slice.
 * Nothing is changed: the units together are the stream, from the first key frame on.
 *
 * <pre>
 *   0 0 1 | header | data ...      with another 0 before it, the start code begins there
 *            type = the lower 5 bits
 * </pre>
 */
final class AnnexB {
    private static final int SLICE = 1;
    private static final int KEY_SLICE = 5;
    private static final int ENHANCEMENT = 6;
    private static final int SEQUENCE_SET = 7;
    private static final int PICTURE_SET = 8;
    private static final int DELIMITER = 9;
    private static final int TYPE_BITS = 0x1F;
    /** The number of a slice's first macroblock is 0 when its code is this single bit. */
    private static final int FIRST_MACROBLOCK = 0x80;

    private final String name;
    private final byte[] stream;
    private final List<byte[]> units = new ArrayList<>();
    private int unitBegin = -1;
    private boolean hasSlices;
    private boolean isKey;
    private boolean hasSets;

    private AnnexB(String name, byte[] stream) {
        this.name = name;
        this.stream = stream;
    }

    /** Throws {@link PictureException} where there is no key frame with its parameter sets. */
    static Clip read(String name, byte[] stream) {
        return new AnnexB(name, stream).read();
    }

    private Clip read() {
        for (int at = nextStart(0); at >= 0; at = nextStart(at + 3)) {
            if (at + 3 < stream.length) {
                take(at > 0 && stream[at - 1] == 0 ? at - 1 : at, at + 3);
            }
        }
        finish(stream.length);
        if (units.isEmpty()) {
            throw new PictureException(name
                    + " has no key frame of H.264 with its parameter sets: ffmpeg -i %s -c:v libx264 -bf 0 -f h264 out.h264"
                            .formatted(name));
        }
        return new Clip(units);
    }

    /** Where the next start code's 0 0 1 is; below 0 for none. */
    private int nextStart(int from) {
        for (int at = from; at + 2 < stream.length; at++) {
            if (stream[at] == 0 && stream[at + 1] == 0 && stream[at + 2] == 1) {
                return at;
            }
        }
        return -1;
    }

    private void take(int begin, int header) {
        int type = stream[header] & TYPE_BITS;
        if (hasSlices && beginsPicture(type, header)) {
            finish(begin);
        }
        if (unitBegin < 0) {
            unitBegin = begin;
        }
        hasSlices |= type >= SLICE && type <= KEY_SLICE;
        isKey |= type == KEY_SLICE;
        hasSets |= type == SEQUENCE_SET;
    }

    private boolean beginsPicture(int type, int header) {
        return switch (type) {
            case ENHANCEMENT, SEQUENCE_SET, PICTURE_SET, DELIMITER -> true;
            case SLICE, 2, KEY_SLICE -> header + 1 < stream.length && (stream[header + 1] & FIRST_MACROBLOCK) != 0;
            default -> false;
        };
    }

    private void finish(int end) {
        boolean useful = units.isEmpty() ? isKey && hasSets : hasSlices;
        if (unitBegin >= 0 && useful) {
            units.add(Arrays.copyOfRange(stream, unitBegin, end));
        }
        unitBegin = -1;
        hasSlices = false;
        isKey = false;
        hasSets = false;
    }
}
