package io.rtms.stream;

/**
 * Tells pictures that stand for themselves from those that need the ones before: of H.264 (Annex B) an access unit with an IDR picture or a
 * sequence parameter set; everything else, JPG and PNG among it, counts as standing for itself.
 */
final class KeyFrames {
    private static final int NAL_TYPE_MASK = 0x1F;
    private static final int IDR = 5;
    private static final int SEQUENCE_PARAMETERS = 7;
    private static final int FIRST_PICTURE = 1;

    private KeyFrames() {}

    static boolean isKey(byte[] data) {
        return !startsLikeAnnexB(data) || hasKeyUnit(data);
    }

    private static boolean startsLikeAnnexB(byte[] data) {
        return data.length > 4 && data[0] == 0 && data[1] == 0 && (data[2] == 1 || data[2] == 0 && data[3] == 1);
    }

    /** Looks at the units up to the first slice of a picture: whatever follows belongs to the same one. */
    private static boolean hasKeyUnit(byte[] data) {
        for (int i = 0; i + 3 < data.length; i++) {
            if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
                int type = data[i + 3] & NAL_TYPE_MASK;
                if (type == IDR || type == SEQUENCE_PARAMETERS) {
                    return true;
                }
                if (type >= FIRST_PICTURE && type < IDR) {
                    return false;
                }
            }
        }
        return false;
    }
}
