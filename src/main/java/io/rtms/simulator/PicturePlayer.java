package io.rtms.simulator;

import io.rtms.event.Participant;
import io.rtms.media.MediaType;
import io.rtms.media.VideoCodec;
import io.rtms.simulator.picture.Clip;
import io.rtms.simulator.picture.PictureSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends video or desk share (messages 15 and 16, rtms-protocol section 5.5): while somebody is seen, a frame for each tick of the rate that the
 * client asked for. Whoever comes into sight, is chosen, or is seen again after a reconnection begins with a key frame. Pictures are never
 * buffered: what nobody fetched in time is left out, and a key frame follows. Runs on one virtual thread.
 */
final class PicturePlayer implements Performance.FramePlayer {
    /** How late a frame may be, in real time, before it is left out. */
    private static final Duration TOO_LATE = Duration.ofSeconds(1);

    /** Says who is in the picture. */
    interface Stage {
        /** The scene now, for a client that asked for this; empty where there is nothing to see. */
        Optional<Scene> scene(PictureParameters asked);
    }

    /**
     * Who is in the picture; a scene that differs in anything begins anew.
     *
     * @param who whose frames are sent
     * @param choice counts the client's choices
     * @param turn counts how often they came into sight by themselves
     */
    record Scene(Participant who, long choice, long turn) {}

    private final SimulatedStream stream;
    private final MediaType medium;
    private final PictureSource source;
    private final Stage stage;
    private final long endMs;
    private final SentFrames sent;
    private final LongAdder lost = new LongAdder();

    PicturePlayer(
            SimulatedStream stream, MediaType medium, PictureSource source, Stage stage, long endMs, SentFrames sent) {
        this.stream = stream;
        this.medium = medium;
        this.source = source;
        this.stage = stage;
        this.endMs = endMs;
        this.sent = sent;
    }

    @Override
    public void play(MeetingClock clock) throws InterruptedException {
        Optional<Media> found = stream.gate().await(medium);
        while (found.isPresent() && !new Broadcast(found.get(), clock).play()) {
            found = stream.gate().await(medium);
        }
    }

    /** Frames that were left out because the client was too slow. */
    long lost() {
        return lost.sum();
    }

    /** What goes over one connection. */
    private final class Broadcast {
        private final Media connection;
        private final PictureParameters asked;
        private final MeetingClock clock;
        private final long late;
        private long beginMs;
        private long tick;
        private Scene scene;
        private Clip clip;
        private FrameEnvelope envelope;
        private long shown;

        Broadcast(Media connection, MeetingClock clock) {
            this.connection = connection;
            this.asked = connection.request().pictures(medium);
            this.clock = clock;
            this.late = clock.toMeetingMs(TOO_LATE);
            this.beginMs = clock.nowMs();
        }

        /** Sends until the end, or until the connection is closed: then false. */
        boolean play() throws InterruptedException {
            for (long at = beginMs; at < endMs; at = next()) {
                if (!connection.canFlow()) {
                    return false;
                }
                clock.sleepUntil(at);
                Optional<Scene> now = stage.scene(asked);
                if (!now.equals(Optional.ofNullable(scene))) {
                    begin(now.orElse(null));
                }
                if (scene != null) {
                    send(clock.timestamp(at));
                }
            }
            return true;
        }

        /** The time of the next tick; later ones where this one is long over. */
        private long next() {
            long now = clock.nowMs();
            if (now - time(tick) > late) {
                lost.add(scene == null ? 0 : (now - time(tick)) * asked.fps() / 1000);
                beginMs = now;
                tick = 0;
                scene = null;
                return now;
            }
            return time(++tick);
        }

        private long time(long number) {
            return beginMs + number * 1000 / asked.fps();
        }

        private void begin(Scene now) {
            scene = now;
            shown = 0;
            if (now != null) {
                clip = source.of(new PictureSource.Wish(
                        now.who().name(), stream.room().participants().names(), asked.codec(), asked.resolution()));
                envelope = new FrameEnvelope(stream.dialect(), medium, now.who(), prefix());
            }
        }

        private String prefix() {
            boolean image = asked.codec() != VideoCodec.H264;
            return image && medium == MediaType.DESKSHARE && stream.dialect().has(Deviation.DATA_URL_SHARES)
                    ? "data:image/" + (asked.codec() == VideoCodec.JPG ? "jpeg" : "png") + ";base64,"
                    : "";
        }

        private void send(long timestamp) throws InterruptedException {
            if (connection.connection().sendWhenRoom(envelope.message(clip.frame(shown), timestamp))) {
                shown++;
                sent.count(medium);
            }
        }
    }
}
