package io.rtms.stream;

import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.Participant;
import io.rtms.event.ParticipantVideoChanged;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.ParticipantsLeft;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SharingStarted;
import io.rtms.event.SharingStopped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is in the meeting, as far as Zoom has told. Written on the loop's thread, read from any. */
final class Roster {
    /** Above, the knowledge is of no use to anybody, and names are hostile until proven otherwise. */
    private static final int MOST_PARTICIPANTS = 10_000;

    private final Map<Long, Attendee> present = new LinkedHashMap<>();
    private Participant sharing = Participant.NONE;
    private long speaking;

    /** Takes in what an event tells. */
    synchronized void note(RtmsEvent event) {
        switch (event) {
            case ParticipantsJoined joined -> joined.participants().forEach(one -> put(one, joined.timestamp()));
            case ParticipantsLeft left -> left.participants().forEach(this::remove);
            case ActiveSpeakerChanged changed -> speaking = changed.speaker().id();
            case SharingStarted started -> sharing = started.participant();
            case SharingStopped stopped -> sharing = Participant.NONE;
            case ParticipantVideoChanged video ->
                video.participants()
                        .forEach(one -> present.computeIfPresent(one.id(), (id, known) -> known.withVideo(video.on())));
            default -> {}
        }
    }

    /** Whom a message names; {@link Participant#NONE} where it names nobody. */
    Participant participant(long id, String name) {
        return id == 0 && name.isEmpty() ? Participant.NONE : named(new Participant(id, name));
    }

    /** The same participant with the name that is known, where there is none. */
    synchronized Participant named(Participant participant) {
        if (!participant.name().isEmpty()) {
            return participant;
        }
        Attendee known = present.get(participant.id());
        return known == null ? participant : known.participant();
    }

    /** Whether somebody came before, under the same name: Zoom lists everybody again after a reconnection. */
    synchronized boolean isPresent(Participant participant) {
        Attendee known = present.get(participant.id());
        return known != null && known.participant().name().equals(participant.name());
    }

    /** Who shares a desk; {@link Participant#NONE} where nobody does, as far as is known. */
    synchronized Participant sharing() {
        return sharing;
    }

    /** Everybody, in the order in which they came. */
    synchronized List<Attendee> attendees() {
        return present.values().stream()
                .map(one -> one.with(
                        one.participant().id() == speaking,
                        !sharing.equals(Participant.NONE) && one.participant().id() == sharing.id()))
                .toList();
    }

    private void put(Participant participant, long timestamp) {
        if (present.size() < MOST_PARTICIPANTS || present.containsKey(participant.id())) {
            present.merge(
                    participant.id(),
                    new Attendee(participant, timestamp, false, false, false),
                    (known, fresh) -> participant.name().isEmpty() ? known : known.withName(participant));
        }
    }

    private void remove(Participant participant) {
        present.remove(participant.id());
        if (participant.id() == speaking) {
            speaking = 0;
        }
    }
}
