package io.rtms.simulator;

import io.rtms.event.Participant;
import io.rtms.simulator.script.MeetingScript;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A meeting as it stands now: who is there, who has the floor, who shares, whose camera is on. For all threads. */
final class Room {
    private final Participants participants;
    private final Set<Participant> present = new LinkedHashSet<>();
    private final Set<Participant> dark = new HashSet<>();
    private final Map<Participant, Integer> turnedOn = new HashMap<>();
    private Participant floor;
    private Participant sharer;
    private int shares;

    Room(MeetingScript script) {
        participants = new Participants(script.people());
        script.present().forEach(name -> present.add(participants.named(name)));
    }

    /** Everybody who is ever there. */
    Participants participants() {
        return participants;
    }

    /** Those who are there now. */
    synchronized List<Participant> present() {
        return List.copyOf(present);
    }

    /** False where they are there already. */
    synchronized boolean enter(Participant who) {
        return present.add(who);
    }

    /** Takes floor and share along; false where they were not there. */
    synchronized boolean leave(Participant who) {
        if (who.equals(floor)) {
            floor = null;
        }
        if (who.equals(sharer)) {
            sharer = null;
        }
        return present.remove(who);
    }

    /** Gives somebody the floor; false where they have it. */
    synchronized boolean giveFloor(Participant who) {
        boolean changes = !who.equals(floor);
        floor = who;
        return changes;
    }

    synchronized Optional<Participant> floor() {
        return Optional.ofNullable(floor);
    }

    /** Who shares from now on, null for nobody; who did before. */
    synchronized Optional<Participant> share(Participant who) {
        Optional<Participant> before = Optional.ofNullable(sharer);
        sharer = who;
        shares++;
        return before;
    }

    synchronized Optional<Participant> sharer() {
        return Optional.ofNullable(sharer);
    }

    /** How often somebody has begun or ceased to share. */
    synchronized int shares() {
        return shares;
    }

    /** Turns a camera on or off. */
    synchronized void turnCamera(Participant who, boolean on) {
        if (!on) {
            dark.add(who);
        } else if (dark.remove(who)) {
            turnedOn.merge(who, 1, Integer::sum);
        }
    }

    /** Whether somebody can be seen: they are there and their camera is on. */
    synchronized boolean isSeen(Participant who) {
        return present.contains(who) && !dark.contains(who);
    }

    /** How often somebody has turned their camera on again. */
    synchronized int timesTurnedOn(Participant who) {
        return turnedOn.getOrDefault(who, 0);
    }
}
