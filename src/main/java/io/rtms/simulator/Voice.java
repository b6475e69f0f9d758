package io.rtms.simulator;

import io.rtms.event.Participant;
import io.rtms.media.AudioCodec;
import io.rtms.simulator.sound.PcmFormat;
import io.rtms.simulator.sound.Sound;
import java.util.Optional;

/** A speaker's sound and how far it has been played. For one thread. */
final class Voice {
    private final Participant who;
    private final Sound sound;
    private long playedMs;

    Voice(Participant who, Sound sound) {
        this.who = who;
        this.sound = sound;
    }

    Participant who() {
        return who;
    }

    PcmFormat format() {
        return sound.format();
    }

    /** The samples of the next milliseconds. */
    byte[] samples(int ms) {
        byte[] frame = new byte[format().bytesIn(ms)];
        sound.peek(frame);
        return frame;
    }

    /** The next 20 ms of a recording in this codec. */
    Optional<byte[]> recorded(AudioCodec codec) {
        return sound.recorded(codec).map(packets -> packets.at(playedMs));
    }

    /** The next 20 ms where they are coded already. */
    Optional<byte[]> packet(AudioCodec codec, int channels) {
        return sound.packets(codec, channels).map(packets -> packets.at(playedMs));
    }

    /** Goes on by so many milliseconds. */
    void advance(int ms) {
        playedMs += ms;
        sound.advance(format().bytesIn(ms));
    }
}
