package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.rtms.event.Participant;
import io.rtms.media.MediaType;
import io.rtms.simulator.script.Cue;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.sound.Sound;
import io.rtms.simulator.sound.SoundSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends audio while somebody speaks (message 14, rtms-protocol section 5.5). Nothing is computed before a client connects the medium.
 * While it is
 * not connected the position stays behind, and what was missed follows in a burst, as far back as the buffer reaches. Silence is not sent.
 *
 * <p>In the mixed stream the one who began first is heard, so that every frame holds a speaker's samples unchanged; with a stream for each
 * speaker, the three who began first. Runs on one virtual thread.
 */
final class AudioPlayer {
    private static final int SPEAKERS_AT_ONCE = 3;
    private static final String MIXED_HEAD = "{\"msg_type\":14,\"content\":{\"user_id\":0,\"data\":\"";

    /** A speaker's sound and the beginning of messages that carry it. */
    private record Voice(Sound sound, String head) {}

    private final SimulatedStream stream;
    private final SoundSource source;
    private final Duration buffer;
    private final List<Cue> cues;
    private final long endMs;
    private final Map<String, Voice> voices = new HashMap<>();
    private final List<Cue> speaking = new ArrayList<>();
    private final List<String> heard = new ArrayList<>(SPEAKERS_AT_ONCE);
    private final SentFrames sent;
    private final LongAdder lost = new LongAdder();
    private int nextCue;
    private long positionMs;
    private byte[] frame = {};

    AudioPlayer(SimulatedStream stream, MeetingScript script, SoundSource source, Duration buffer, SentFrames sent) {
        this.stream = stream;
        this.sent = sent;
        this.source = source;
        this.buffer = buffer;
        this.cues = script.cues().stream()
                .sorted(Comparator.comparingLong(Cue::beginMs))
                .toList();
        this.endMs = script.durationMs();
    }

    /** Plays to the end, or until the script is over and nobody listens. */
    void play(MeetingClock clock) throws InterruptedException {
        boolean first = true;
        while (positionMs < endMs) {
            Optional<Media> found = stream.gate().await(MediaType.AUDIO);
            if (found.isEmpty()) {
                return;
            }
            Media audio = found.get();
            catchUp(clock, audio, first && !audio.bufferData() ? Duration.ZERO : buffer);
            playTo(audio, clock);
            first = false;
        }
    }

    /** Leaves out what is older than the buffer. */
    private void catchUp(MeetingClock clock, Media audio, Duration reach) {
        int rate = audio.request().audio().sendRateMs();
        long oldest = Math.min(endMs, clock.nowMs() - clock.toMeetingMs(reach));
        while (positionMs < oldest && findSpeakers(audio)) {
            for (String speaker : heard) {
                voice(speaker).sound().advance(rate * Sound.BYTES_PER_MS);
                lost.increment();
            }
            positionMs += rate;
        }
    }

    /** Sends until the end, or until this connection is closed. */
    private void playTo(Media audio, MeetingClock clock) throws InterruptedException {
        int rate = audio.request().audio().sendRateMs();
        boolean named = audio.request().audio().perSpeaker();
        if (frame.length != rate * Sound.BYTES_PER_MS) {
            frame = new byte[rate * Sound.BYTES_PER_MS];
        }
        while (findSpeakers(audio)) {
            clock.sleepUntil(positionMs + rate);
            for (String speaker : heard) {
                Voice voice = voice(speaker);
                voice.sound().peek(frame);
                String message = message(named ? voice.head() : MIXED_HEAD, clock.timestamp(positionMs));
                if (!audio.connection().sendWhenRoom(message)) {
                    return;
                }
                voice.sound().advance(frame.length);
                sent.count(MediaType.AUDIO);
            }
            positionMs += rate;
        }
    }

    /** Finds who is heard at the position, moving it over silence; false where only silence is left. */
    private boolean findSpeakers(Media audio) {
        int most = audio.request().audio().perSpeaker() ? SPEAKERS_AT_ONCE : 1;
        while (true) {
            speaking.removeIf(cue -> cue.endMs() <= positionMs);
            while (nextCue < cues.size() && cues.get(nextCue).beginMs() <= positionMs) {
                Cue cue = cues.get(nextCue++);
                if (cue.endMs() > positionMs) {
                    speaking.add(cue);
                }
            }
            if (!speaking.isEmpty()) {
                chooseHeard(most);
                return true;
            }
            if (nextCue == cues.size()) {
                positionMs = endMs;
                return false;
            }
            positionMs = cues.get(nextCue).beginMs();
        }
    }

    private void chooseHeard(int most) {
        heard.clear();
        for (Cue cue : speaking) {
            if (heard.size() < most && !heard.contains(cue.speaker())) {
                heard.add(cue.speaker());
            }
        }
    }

    private Voice voice(String speaker) {
        return voices.computeIfAbsent(speaker, name -> {
            Participant participant = stream.room().participants().named(name);
            String head = "{\"msg_type\":14,\"content\":{\"user_id\":" + participant.id() + ",\"user_name\":"
                    + JsonNodeFactory.instance.textNode(name) + ",\"data\":\"";
            return new Voice(source.of(name, voices.size()), head);
        });
    }

    private String message(String head, long timestamp) {
        String data = Base64.getEncoder().encodeToString(frame);
        return head + data + "\",\"length\":" + frame.length + ",\"timestamp\":" + timestamp + "}}";
    }

    long lost() {
        return lost.sum();
    }
}
