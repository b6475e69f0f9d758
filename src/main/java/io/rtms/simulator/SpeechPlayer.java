package io.rtms.simulator;

import io.rtms.event.Participant;
import io.rtms.media.MediaType;
import io.rtms.simulator.script.Cue;
import io.rtms.simulator.script.MeetingScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Says the words: who has the floor when a cue begins, its transcript when it ends. Transcripts go out in the order in which cues end.
 * Runs on
 * one virtual thread; late is better than never, so a slow client delays the meeting's words and loses none of them.
 */
final class SpeechPlayer {
    private record Moment(long atMs, boolean end, Cue cue) {}

    private final SimulatedStream stream;
    private final List<Moment> moments;
    private final LongAdder sent = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder eventsLost = new LongAdder();

    SpeechPlayer(SimulatedStream stream, MeetingScript script) {
        this.stream = stream;
        this.moments = moments(script);
    }

    private static List<Moment> moments(MeetingScript script) {
        List<Moment> moments = new ArrayList<>(script.cues().size() * 2);
        for (Cue cue : script.cues()) {
            moments.add(new Moment(cue.beginMs(), false, cue));
            moments.add(new Moment(cue.endMs(), true, cue));
        }
        // The sort is stable: what is due at the same time keeps the order of the file, but one ends before the next
        // begins.
        moments.sort(Comparator.comparingLong(Moment::atMs).thenComparing(moment -> !moment.end()));
        return moments;
    }

    /** Plays to the end. */
    void play(MeetingClock clock) throws InterruptedException {
        String floor = "";
        for (Moment moment : moments) {
            clock.sleepUntil(moment.atMs());
            Participant speaker = stream.participants().named(moment.cue().speaker());
            if (moment.end()) {
                sendTranscript(Messages.transcript(moment.cue(), speaker, clock));
            } else if (!floor.equals(speaker.name())) {
                floor = speaker.name();
                if (!stream.event(Messages.activeSpeaker(speaker, clock.timestamp(moment.atMs())))) {
                    eventsLost.increment();
                }
            }
        }
    }

    private void sendTranscript(String message) throws InterruptedException {
        Optional<Media> medium = stream.medium(MediaType.TRANSCRIPT);
        boolean delivered = medium.isPresent() && medium.get().connection().sendWhenRoom(message);
        (delivered ? sent : lost).increment();
    }

    long sent() {
        return sent.sum();
    }

    long lost() {
        return lost.sum();
    }

    long eventsLost() {
        return eventsLost.sum();
    }
}
