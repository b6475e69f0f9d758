package io.rtms.simulator;

import io.rtms.event.Participant;
import io.rtms.simulator.script.Cue;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.script.TimedHappening;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Plays a script: who has the floor when a cue begins, its transcript when it ends, and what happens in between. Transcripts go out in the
 * order in which cues end. Runs on one virtual thread; late is better than never, so a slow client delays the meeting's words and loses none
 * of them.
 */
final class ScriptPlayer {
    /** At one time, one ends before others happen, and they before the next begins. */
    private enum Turn {
        END,
        HAPPENING,
        BEGIN
    }

    private interface Step {
        void play(MeetingClock clock) throws InterruptedException;
    }

    private record Moment(long atMs, Turn turn, Step step) {}

    private final Happenings happenings;
    private final List<Moment> moments = new ArrayList<>();

    ScriptPlayer(Happenings happenings, MeetingScript script, Participants participants) {
        this.happenings = happenings;
        for (Cue cue : script.cues()) {
            addCue(cue, participants.named(cue.speaker()));
        }
        for (TimedHappening one : script.happenings()) {
            moments.add(new Moment(
                    one.atMs(), Turn.HAPPENING, clock -> happenings.happen(one.what(), clock.timestamp(one.atMs()))));
        }
        // The sort is stable: what is due at the same time keeps the order of the file.
        moments.sort(Comparator.comparingLong(Moment::atMs).thenComparing(Moment::turn));
    }

    private void addCue(Cue cue, Participant speaker) {
        moments.add(new Moment(
                cue.beginMs(), Turn.BEGIN, clock -> happenings.giveFloor(speaker, clock.timestamp(cue.beginMs()))));
        moments.add(new Moment(
                cue.endMs(),
                Turn.END,
                clock -> happenings.say(
                        speaker, cue.text(), clock.timestamp(cue.beginMs()), clock.timestamp(cue.endMs()))));
    }

    /** The meeting is over, whether it was played to the end or not. */
    void giveUp() throws InterruptedException {
        happenings.giveUp();
    }

    /** Plays to the end. */
    void play(MeetingClock clock) throws InterruptedException {
        happenings.answer(clock.timestamp(0));
        for (Moment moment : moments) {
            clock.sleepUntil(moment.atMs());
            moment.step().play(clock);
        }
        happenings.finish();
        happenings.hangUp(clock.timestamp(moments.getLast().atMs()));
    }
}
