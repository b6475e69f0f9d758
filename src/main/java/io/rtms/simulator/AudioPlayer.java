package io.rtms.simulator;

import io.rtms.event.Participant;
import io.rtms.media.AudioParams;
import io.rtms.media.DataOption;
import io.rtms.media.MediaType;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.sound.SoundSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends audio while somebody speaks (message 14, rtms-protocol section 5.5), in the form that the client asked for. Nothing is computed before
 * a client connects the medium. While it is not connected the position stays behind, and what was missed follows in a burst, as far back as
 * the buffer reaches. Silence is not sent.
 *
 * <p>The mixed stream is the sum of all who speak; where each speaker has a stream, the three who began first have. Runs on one virtual
 * thread.
 */
final class AudioPlayer implements Performance.FramePlayer {
    private static final int SPEAKERS_AT_ONCE = 3;

    private final SimulatedStream stream;
    private final SoundSource source;
    private final Duration buffer;
    private final SentFrames sent;
    private final Turns turns;
    private final Map<String, Voice> voices = new HashMap<>();
    private final LongAdder lost = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder framesAgain = new LongAdder();
    private final LongAdder bytesAgain = new LongAdder();
    private final AudioTail tail;

    AudioPlayer(SimulatedStream stream, MeetingScript script, SoundSource source, Duration buffer, SentFrames sent) {
        this.stream = stream;
        this.source = source;
        this.buffer = buffer;
        this.sent = sent;
        this.turns = new Turns(script);
        this.tail = new AudioTail(stream.options().overlap());
    }

    @Override
    public void play(MeetingClock clock) throws InterruptedException {
        Media before = null;
        while (!turns.isOver()) {
            Optional<Media> found = stream.gate().await(MediaType.AUDIO);
            if (found.isEmpty()) {
                if (before != null) {
                    catchUp(clock, before, Duration.ZERO);
                }
                return;
            }
            Media audio = found.get();
            if (before != null && sendAgain(before, audio)) {
                catchUp(clock, audio, buffer);
                new Broadcast(audio).play(clock);
            } else if (before == null) {
                catchUp(clock, audio, audio.bufferData() ? buffer : Duration.ZERO);
                new Broadcast(audio).play(clock);
            }
            before = audio;
        }
    }

    /** Sends what was sent shortly before the loss, in the same form only; false where the connection is closed. */
    private boolean sendAgain(Media before, Media audio) throws InterruptedException {
        if (!before.request().audio().equals(audio.request().audio())) {
            tail.forget();
        }
        tail.lostAt(before.connection().stoppedNanos());
        for (AudioTail.Frame frame : tail.owed()) {
            if (!audio.connection().sendWhenRoom(frame.message())) {
                return false;
            }
            framesAgain.increment();
            bytesAgain.add(frame.bytes());
            tail.sentAgain(frame);
        }
        return true;
    }

    /** Leaves out what is older than the buffer. */
    private void catchUp(MeetingClock clock, Media audio, Duration reach) {
        AudioParams params = audio.request().audio();
        long oldest = Math.min(turns.endMs(), clock.nowMs() - clock.toMeetingMs(reach));
        while (turns.positionMs() < oldest && turns.findSpeakers()) {
            List<Voice> heard = isMixed(params) ? heard() : heard(SPEAKERS_AT_ONCE);
            lost.add(isMixed(params) ? 1 : heard.size());
            heard.forEach(voice -> voice.advance(params.duration()));
            turns.advance(params.duration());
        }
    }

    private static boolean isMixed(AudioParams params) {
        return params.dataOption() == DataOption.AUDIO_MIXED_STREAM;
    }

    private List<Voice> heard() {
        return turns.speakers().stream().map(this::voice).toList();
    }

    private List<Voice> heard(int most) {
        return turns.speakers().stream().limit(most).map(this::voice).toList();
    }

    private Voice voice(String speaker) {
        return voices.computeIfAbsent(
                speaker, name -> new Voice(stream.room().participants().named(name), source.of(name, voices.size())));
    }

    /** Audio frames that were left out. */
    long lost() {
        return lost.sum();
    }

    /** How much was sent, and was not. */
    Ledger.AudioTally tally() {
        return new Ledger.AudioTally(
                sent.of(MediaType.AUDIO), bytes.sum(), framesAgain.sum(), bytesAgain.sum(), lost.sum());
    }

    /** What goes over one connection. */
    private final class Broadcast {
        private final Media audio;
        private final AudioParams params;
        private final Map<Participant, AudioTrack> tracks = new HashMap<>();
        private final Map<Participant, FrameEnvelope> envelopes = new HashMap<>();

        Broadcast(Media audio) {
            this.audio = audio;
            this.params = audio.request().audio();
        }

        /** Sends until the end, or until the connection is closed. */
        void play(MeetingClock clock) throws InterruptedException {
            while (turns.findSpeakers()) {
                clock.sleepUntil(turns.positionMs() + params.duration());
                long timestamp = clock.timestamp(turns.positionMs());
                boolean going = isMixed(params)
                        ? send(Participant.NONE, heard(), timestamp)
                        : sendEach(heard(SPEAKERS_AT_ONCE), timestamp);
                if (!going) {
                    return;
                }
                turns.advance(params.duration());
            }
        }

        private boolean sendEach(List<Voice> heard, long timestamp) throws InterruptedException {
            for (Voice voice : heard) {
                if (!send(voice.who(), List.of(voice), timestamp)) {
                    return false;
                }
            }
            return true;
        }

        /** Sends one stream's frame; false where the connection is closed, and then it is the next one's. */
        private boolean send(Participant who, List<Voice> heard, long timestamp) throws InterruptedException {
            Optional<byte[]> payload = track(who).frame(heard);
            if (payload.isPresent()) {
                String message = envelope(who).message(payload.get(), timestamp);
                if (!audio.connection().sendWhenRoom(message)) {
                    return false;
                }
                tail.add(message, payload.get().length);
                bytes.add(payload.get().length);
                sent.count(MediaType.AUDIO);
            }
            heard.forEach(voice -> voice.advance(params.duration()));
            return true;
        }

        private AudioTrack track(Participant who) {
            return tracks.computeIfAbsent(who, one -> new AudioTrack(params, isMixed(params), one.id()));
        }

        private FrameEnvelope envelope(Participant who) {
            return envelopes.computeIfAbsent(who, one -> new FrameEnvelope(stream.dialect(), MediaType.AUDIO, one, ""));
        }
    }
}
