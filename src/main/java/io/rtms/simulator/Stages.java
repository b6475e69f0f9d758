package io.rtms.simulator;

import io.rtms.event.Participant;
import java.util.Optional;

/** Who is seen in a meeting's video and in its desk share. For all threads. */
final class Stages {
    private final Room room;
    private final VideoSubscription subscription;

    Stages(Room room, VideoSubscription subscription) {
        this.room = room;
        this.subscription = subscription;
    }

    /** Whoever has the floor, or the one who was chosen; nobody whose camera is off. */
    Optional<PicturePlayer.Scene> video(PictureParameters asked) {
        Optional<PicturePlayer.Scene> scene = asked.isIndividual()
                ? subscription.current().map(choice -> scene(choice.who(), choice.number()))
                : room.floor().map(who -> scene(who, 0));
        return scene.filter(one -> room.isSeen(one.who()));
    }

    /** Whoever shares. */
    Optional<PicturePlayer.Scene> deskshare(PictureParameters asked) {
        return room.sharer().map(who -> new PicturePlayer.Scene(who, 0, room.shares()));
    }

    private PicturePlayer.Scene scene(Participant who, long choice) {
        return new PicturePlayer.Scene(who, choice, room.timesTurnedOn(who));
    }
}
