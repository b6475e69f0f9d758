package io.rtms.simulator.sound;

/**
 * Changes the rate of one channel: a low pass of windowed sines, cut into one set of weights for each place that an output sample can have
 * between two input samples. Keeps what it needs of earlier frames, so that frames join without a seam; the output is late by half the
 * length of the filter, two milliseconds at the most. For one thread at a time.
 */
final class Resampler {
    /** Zero crossings of the sine on each side, at the lower of both rates. */
    private static final int CROSSINGS = 16;
    /** Keeps the slope of the filter below half the lower rate. */
    private static final double PASS = 0.92;

    private final int up;
    private final int down;
    private final float[][] weights;
    private final float[] history;

    Resampler(int fromHertz, int toHertz) {
        int divisor = greatestCommonDivisor(fromHertz, toHertz);
        up = toHertz / divisor;
        down = fromHertz / divisor;
        double cutoff = PASS * Math.min(1.0, (double) toHertz / fromHertz);
        int taps = 2 * (int) Math.ceil(CROSSINGS / Math.min(1.0, (double) toHertz / fromHertz));
        weights = new float[up][taps];
        for (int phase = 0; phase < up; phase++) {
            fill(weights[phase], (double) phase / up, cutoff);
        }
        history = new float[taps];
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** Weights for an output sample that lies this far behind the middle input sample; their sum is 1, so that loudness stays. */
    private static void fill(float[] row, double offset, double cutoff) {
        double middle = row.length / 2.0;
        double sum = 0;
        double[] exact = new double[row.length];
        for (int tap = 0; tap < row.length; tap++) {
            double x = tap - middle + offset;
            exact[tap] = sinc(cutoff * x) * window(x / middle);
            sum += exact[tap];
        }
        for (int tap = 0; tap < row.length; tap++) {
            row[tap] = (float) (exact[tap] / sum);
        }
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double window(double x) {
        return Math.abs(x) >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * x);
    }

    /** A frame at the new rate; the length of the input has to hold whole output samples. */
    float[] next(float[] input) {
        float[] line = new float[history.length + input.length];
        System.arraycopy(history, 0, line, 0, history.length);
        System.arraycopy(input, 0, line, history.length, input.length);
        float[] output = new float[input.length * up / down];
        for (int n = 0; n < output.length; n++) {
            long at = (long) n * down;
            output[n] = sum(weights[(int) (at % up)], line, history.length + (int) (at / up));
        }
        System.arraycopy(line, input.length, history, 0, history.length);
        return output;
    }

    private static float sum(float[] row, float[] line, int newest) {
        float sum = 0;
        for (int tap = 0; tap < row.length; tap++) {
            sum += row[tap] * line[newest - tap];
        }
        return sum;
    }
}
