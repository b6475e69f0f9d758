package io.rtms.simulator.sound;

/**
 * A-law of ITU-T G.711: sign, three bits that say in which octave of loudness a sample lies, four bits of where within it; every other bit
 * turned over.
 *
 * <pre>
 *   bit    7     6..4      3..0
 *          sign  octave    step       XOR 0x55
 * </pre>
 */
final class ALaw {
    private static final int POSITIVE = 0x80;
    private static final int TOGGLED = 0x55;
    /** The two lowest octaves have steps of 16, the others twice that of the one below. */
    private static final int STEP_BITS = 4;

    private static final int OCTAVE_BITS = 8;

    private ALaw() {}

    static byte[] encode(short[] samples) {
        byte[] coded = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            coded[i] = encode(samples[i]);
        }
        return coded;
    }

    private static byte encode(short sample) {
        // -1 and 0 are neighbours: below zero the scale begins at -1.
        int loudness = sample >= 0 ? sample : ~sample;
        int octave = Integer.SIZE - Integer.numberOfLeadingZeros(loudness >> OCTAVE_BITS);
        int step = loudness >> (STEP_BITS + Math.max(0, octave - 1)) & 0x0F;
        int sign = sample >= 0 ? POSITIVE : 0;
        return (byte) ((sign | octave << 4 | step) ^ TOGGLED);
    }
}
