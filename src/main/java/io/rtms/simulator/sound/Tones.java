package io.rtms.simulator.sound;

import io.rtms.media.AudioCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Tones that rise and fall like speech: a pitch with a few harmonics, opened and closed four times a second as by syllables. A handful of
 * voices, each computed once as a loop without a seam.
 */
final class Tones {
    /** Different pitches; further speakers share them. */
    static final int VOICES = 12;

    private static final int RATE = 16_000;
    private static final int SECONDS = 2;
    private static final int SYLLABLES_PER_SECOND = 4;
    private static final double[] HARMONICS = {1.0, 0.6, 0.45, 0.25, 0.12};
    private static final double LOUDNESS = 7_000;
    private static final AtomicReferenceArray<byte[]> LOOPS = new AtomicReferenceArray<>(VOICES);
    private static final AtomicReferenceArray<Packets> OPUS = new AtomicReferenceArray<>(2 * VOICES);

    private Tones() {}

    /** The loop of a voice; the array is shared and must not be written to. */
    static byte[] voice(int index) {
        int voice = Math.floorMod(index, VOICES);
        byte[] loop = LOOPS.get(voice);
        if (loop == null) {
            loop = compute(pitch(voice));
            LOOPS.set(voice, loop);
        }
        return loop;
    }

    /** A voice at its beginning, with what was recorded of the speaker in codecs. */
    static Sound sound(int index, Map<AudioCodec, Packets> recorded) {
        return new Tone(Math.floorMod(index, VOICES), recorded);
    }

    /** Has its Opus packets at hand, coded once for all: at high speed nothing else would keep up. */
    private static final class Tone extends Sound {
        private final int voice;

        Tone(int voice, Map<AudioCodec, Packets> recorded) {
            super(voice(voice), PcmFormat.WIDEBAND, recorded);
            this.voice = voice;
        }

        @Override
        public Optional<Packets> packets(AudioCodec codec, int channels) {
            Optional<Packets> recorded = recorded(codec);
            return codec == AudioCodec.OPUS && recorded.isEmpty() ? Optional.of(opus(voice, channels)) : recorded;
        }
    }

    private static Packets opus(int voice, int channels) {
        int slot = voice * 2 + channels - 1;
        Packets packets = OPUS.get(slot);
        if (packets == null) {
            packets = code(voice(voice), channels);
            OPUS.set(slot, packets);
        }
        return packets;
    }

    /** Codes the loop twice, so that its beginning already follows its end. */
    private static Packets code(byte[] loop, int channels) {
        PcmFormat format = new PcmFormat(48_000, channels);
        PcmConverter converter = new PcmConverter(PcmFormat.WIDEBAND, format);
        AudioEncoder encoder = AudioEncoder.of(AudioCodec.OPUS, format);
        int step = PcmFormat.WIDEBAND.bytesIn(Packets.MS);
        List<byte[]> packets = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            packets.clear();
            for (int at = 0; at < loop.length; at += step) {
                packets.add(encoder.encode(converter.next(Arrays.copyOfRange(loop, at, at + step))));
            }
        }
        return new Packets(packets);
    }

    /** Hertz, whole numbers so that the loop closes; neighbours in the list are far apart. */
    static int pitch(int voice) {
        return 95 + (voice * 5 % VOICES) * 13;
    }

    private static byte[] compute(int pitch) {
        byte[] loop = new byte[RATE * SECONDS * 2];
        for (int i = 0; i < RATE * SECONDS; i++) {
            double seconds = (double) i / RATE;
            int sample = (int) (LOUDNESS * syllable(seconds) * voiced(pitch, seconds));
            loop[2 * i] = (byte) sample;
            loop[2 * i + 1] = (byte) (sample >> 8);
        }
        return loop;
    }

    private static double syllable(double seconds) {
        double opening = Math.sin(Math.PI * SYLLABLES_PER_SECOND * seconds);
        return opening * opening;
    }

    private static double voiced(int pitch, double seconds) {
        double sum = 0;
        for (int harmonic = 0; harmonic < HARMONICS.length; harmonic++) {
            sum += HARMONICS[harmonic] * Math.sin(2 * Math.PI * pitch * (harmonic + 1) * seconds);
        }
        return sum;
    }
}
