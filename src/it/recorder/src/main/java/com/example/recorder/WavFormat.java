package com.example.recorder;

/**
 * Samples of 16 bits.
 *
 * @param hertz samples a second
 * @param channels 1 or 2
 */
record WavFormat(int hertz, int channels) {
    private static final int MILLIS = 1000;

    /** Bytes of one sample of all channels. */
    int sampleBytes() {
        return Short.BYTES * channels;
    }

    int bytesPerSecond() {
        return hertz * sampleBytes();
    }

    /** Bytes of this time, whole samples. */
    long bytesIn(long milliseconds) {
        return milliseconds * hertz / MILLIS * sampleBytes();
    }
}
