package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.ContactCenterEventType;
import io.rtms.event.Participant;
import io.rtms.media.MediaType;
import io.rtms.simulator.script.ChatMessage;
import io.rtms.simulator.script.Happening;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Makes things happen in a meeting: changes its room and tells the client, if it is there and wants to know. Times are milliseconds since the
 * epoch. For all threads; what goes over media waits where a client is slow.
 *
 * <p>Each method says whether the client was there to be told.
 */
final class Happenings {
    private final SimulatedStream stream;
    private final Room room;
    private final Events events;
    private final MediaMessages messages;
    private final SentFrames sent;
    private final Transcripts transcripts;
    private final LongAdder eventsLost = new LongAdder();

    Happenings(SimulatedStream stream, Transcripts transcripts, SentFrames sent) {
        this.stream = stream;
        this.room = stream.room();
        this.events = stream.events();
        this.messages = new MediaMessages(stream.dialect(), room.participants());
        this.transcripts = transcripts;
        this.sent = sent;
    }

    /** Throws {@link IllegalArgumentException} where it names somebody who is not known. */
    boolean happen(Happening what, long timestamp) throws InterruptedException {
        return switch (what) {
            case ChatMessage chat -> send(MediaType.CHAT, messages.chat(chat, timestamp));
            case Happening.Said said -> sayNow(named(said.who()), said.text(), timestamp);
            case Happening.SharingStarted started -> startSharing(named(started.who()), timestamp);
            case Happening.SharingStopped stopped -> stopSharing(timestamp);
            case Happening.VideoTurned turned -> turnVideo(named(turned.who()), turned.on(), timestamp);
            case Happening.Joined joined -> join(room.participants().add(joined.who()), timestamp);
            case Happening.Left left -> leave(named(left.who()), timestamp);
            case Happening.Event event -> tell(events.any(event.number(), event.fields(), timestamp));
            case Happening.Metadata metadata -> send(metadata.medium(), messages.metadata(metadata, timestamp));
            case Happening.SessionChanged changed -> stream.changeSession(changed.state());
            case Happening.Broken broken -> stream.breaker().arm(broken.fault());
        };
    }

    /** The call begins: the contact center tells who answered. The first one is the customer, the others are agents. */
    void answer(long timestamp) {
        tellOfCall(ContactCenterEventType.CONSUMER_ANSWERED, ContactCenterEventType.USER_ANSWERED, timestamp);
    }

    /** The call is over: the contact center tells who hung up. */
    void hangUp(long timestamp) {
        tellOfCall(ContactCenterEventType.CONSUMER_END, ContactCenterEventType.USER_END, timestamp);
    }

    private void tellOfCall(ContactCenterEventType caller, ContactCenterEventType agent, long timestamp) {
        if (!stream.dialect().isVoice(caller.number())) {
            return;
        }
        boolean first = true;
        for (Participant who : room.present()) {
            tell(events.voice(first ? caller : agent, who, first, timestamp));
            first = false;
        }
    }

    /** Gives somebody the floor, and tells of it where they did not have it. */
    boolean giveFloor(Participant who, long timestamp) {
        return !room.giveFloor(who) || tell(events.activeSpeaker(who, timestamp));
    }

    /** Sends what somebody has said. */
    boolean say(Participant who, String text, long start, long end) throws InterruptedException {
        String message = messages.transcript(who, text, start, end).toString();
        return transcripts.say(who.name(), text, start, message);
    }

    /** Everything has been said: waits for a client that may come back for what was kept for it. */
    void finish() throws InterruptedException {
        transcripts.finish();
    }

    /** The meeting is over: what was kept and not fetched is lost. */
    void giveUp() throws InterruptedException {
        transcripts.giveUp();
    }

    private boolean sayNow(Participant who, String text, long timestamp) throws InterruptedException {
        giveFloor(who, timestamp);
        return say(who, text, timestamp, timestamp);
    }

    private boolean startSharing(Participant who, long timestamp) {
        Optional<Participant> before = room.share(who);
        if (before.isPresent()) {
            tell(events.sharingStopped(timestamp));
        }
        return tell(events.sharingStarted(who, timestamp));
    }

    private boolean stopSharing(long timestamp) {
        room.share(null);
        return tell(events.sharingStopped(timestamp));
    }

    /** The contact center has no event for it: its numbers mean something else there. */
    private boolean turnVideo(Participant who, boolean on, long timestamp) {
        room.turnCamera(who, on);
        ObjectNode event = events.video(List.of(who), on, timestamp);
        return !stream.dialect().isVoice(Events.type(event)) && tell(event);
    }

    private boolean join(Participant who, long timestamp) {
        return room.enter(who) && tell(events.joined(List.of(who), timestamp));
    }

    private boolean leave(Participant who, long timestamp) {
        if (room.sharer().filter(who::equals).isPresent()) {
            stopSharing(timestamp);
        }
        return room.leave(who) && tell(events.left(List.of(who), timestamp));
    }

    private boolean tell(ObjectNode event) {
        boolean told = stream.event(event);
        if (!told) {
            eventsLost.increment();
        }
        return told;
    }

    private boolean send(MediaType medium, ObjectNode message) throws InterruptedException {
        Optional<Media> connection = stream.gate().find(medium);
        boolean delivered =
                connection.isPresent() && connection.get().connection().sendWhenRoom(message.toString());
        if (delivered && message.path("msg_type").asInt() == MediaMessages.number(medium)) {
            sent.count(medium);
        }
        return delivered;
    }

    private Participant named(String name) {
        return room.participants().named(name);
    }

    /** Events that happened while there was no signaling connection. */
    long eventsLost() {
        return eventsLost.sum();
    }
}
