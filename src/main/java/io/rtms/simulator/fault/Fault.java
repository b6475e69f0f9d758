package io.rtms.simulator.fault;

import io.rtms.media.MediaType;
import java.time.Duration;
import java.util.Objects;

/**
 * Something that Zoom or a network does wrong (rtms-protocol sections 7, 8 and 11). A fault is about one stream, {@link RestartGateway} about
 * all. At a handshake the newcomer is one of the connections that a fault finds: when it is ended or silenced it gets no answer, else it is
 * served as usual afterwards. Durations are real time at every speed.
 */
public sealed interface Fault
        permits Refusal,
                Fault.DropSignaling,
                Fault.DropMedia,
                Fault.FailOver,
                Fault.Silence,
                Fault.KeepAlives,
                Fault.CutMessage,
                Fault.Malformed,
                Fault.HugeMessage,
                Fault.Unreachable,
                Fault.OddEnding,
                Fault.ExpireWindow,
                Fault.RepeatWebhook,
                Fault.WebhookTrouble,
                Fault.RestartGateway {
    /** The longest time that a fault may name. */
    Duration LONGEST = Duration.ofHours(1);

    /** The largest message that can be sent. */
    int MOST_BYTES = 64 * 1024 * 1024;

    /** The most copies of a webhook. */
    int MOST_COPIES = 1000;

    /**
     * The server loses signaling, and the media with it.
     *
     * @param how how signaling ends; media end with 1001, or by a reset like signaling
     * @param notice the webhook about it
     */
    record DropSignaling(Ending how, Notice notice) implements Fault {
        public DropSignaling {
            Objects.requireNonNull(how, "how");
            Objects.requireNonNull(notice, "notice");
        }

        /** With 1011, and the usual webhook. */
        public DropSignaling() {
            this(Ending.CLOSE_1011, Notice.USUAL);
        }
    }

    /**
     * The server loses the connection of one medium.
     *
     * @param medium the medium; all media where one connection carries them
     * @param how how the connection ends
     * @param told what is told over signaling
     */
    record DropMedia(MediaType medium, Ending how, Told told) implements Fault {
        public DropMedia {
            Objects.requireNonNull(medium, "medium");
            Objects.requireNonNull(how, "how");
            Objects.requireNonNull(told, "told");
        }

        /** With 1011, and told in full. */
        public DropMedia(MediaType medium) {
            this(medium, Ending.CLOSE_1011, Told.IN_FULL);
        }
    }

    /** What is told about a lost medium. */
    enum Told implements Labelled {
        /** Event 7, and message 8 with state 2 and reason 14. */
        IN_FULL,
        /** Nothing: the connection just ends. */
        NOTHING,
        /** Event 7 alone, and the connection ends half a second later; from the event on it is silent, and another is taken. */
        EVENT_FIRST
    }

    /**
     * The servers fail, and a second {@code *.rtms_started} webhook names others, which really are another port. The next fail-over comes back.
     *
     * @param old what the old servers do
     * @param delay how late the webhook is sent
     */
    record FailOver(OldServers old, Duration delay) implements Fault {
        public FailOver {
            Objects.requireNonNull(old, "old");
            checkTime("delay", delay);
        }

        /** The old servers close, and the webhook comes at once. */
        public FailOver() {
            this(OldServers.CLOSE, Duration.ZERO);
        }
    }

    /** What servers do after a stream has moved to others. */
    enum OldServers implements Labelled {
        /** They close with 1001 and answer upgrades with 503. */
        CLOSE,
        /** Their connections stay open and silent until the new signaling connection is there; handshakes are refused with 8. */
        STAY,
        /** They close with 1001 and refuse handshakes with 45. */
        REFUSE
    }

    /**
     * Connections stay open, and nothing is sent over them or heard any more; what should have been sent counts as not sent.
     *
     * @param on which connections
     * @param how how deep the silence is
     */
    record Silence(On on, Depth how) implements Fault {
        public Silence {
            Objects.requireNonNull(on, "on");
            Objects.requireNonNull(how, "how");
        }

        /** Half-dead connections. */
        public Silence(On on) {
            this(on, Depth.MUTE);
        }
    }

    /** How silent a connection is. */
    enum Depth implements Labelled {
        /** The server does not notice, and sees when the client closes. */
        MUTE,
        /** The network swallows everything: the server misses three keep-alives, drops the connection on its side, and never closes it. */
        BLACK_HOLE
    }

    /**
     * Keep-alive requests come at another pace from now on.
     *
     * @param on which connections
     * @param interval time between requests; zero for none at all
     */
    record KeepAlives(On on, Duration interval) implements Fault {
        public KeepAlives {
            Objects.requireNonNull(on, "on");
            checkTime("interval", interval);
        }
    }

    /**
     * The first half of a message, and never the rest.
     *
     * @param on which connections
     * @param then what comes instead
     */
    record CutMessage(On on, Then then) implements Fault {
        public CutMessage {
            Objects.requireNonNull(on, "on");
            Objects.requireNonNull(then, "then");
        }
    }

    /** What follows half a message. */
    enum Then implements Labelled {
        /** The TCP connection is closed, in the middle of a frame. */
        CLOSE,
        /** The TCP connection is reset, in the middle of a frame. */
        RESET,
        /** Nothing: the first fragment of a message is never followed by another, and the connection is mute. */
        NOTHING
    }

    /**
     * A message that is wrong in itself; what is said afterwards is as usual.
     *
     * @param on which connections
     * @param form what is wrong
     */
    record Malformed(On on, Form form) implements Fault {
        public Malformed {
            Objects.requireNonNull(on, "on");
            Objects.requireNonNull(form, "form");
        }
    }

    /** What can be wrong in a message. */
    enum Form implements Labelled {
        /** Text that is no JSON. */
        GARBAGE,
        /** JSON, ten thousand arrays deep. */
        DEEP,
        /** Numbers where texts belong, and so on, in every message of the connection's kind. */
        WRONG_TYPES,
        /** Messages of the connection's kind without their fields. */
        MISSING_FIELDS,
        /** A text frame that is not UTF-8. */
        INVALID_UTF8,
        /** Messages of types that nobody knows: 0, 30, 77, -1, above 32 bits. */
        UNKNOWN_TYPES,
        /** Messages of every medium of the connection with a payload of no bytes; of signaling, events about nobody. */
        EMPTY_DATA
    }

    /**
     * One message above what a client may take.
     *
     * @param on which connections
     * @param bytes its size, up to {@link Fault#MOST_BYTES}
     */
    record HugeMessage(On on, int bytes) implements Fault {
        /** Above the 16 MiB of this service's engine. */
        private static final int USUAL_BYTES = 17 * 1024 * 1024;

        public HugeMessage {
            Objects.requireNonNull(on, "on");
            if (bytes < 1 || bytes > MOST_BYTES) {
                throw new IllegalArgumentException("bytes has to be from 1 to " + MOST_BYTES + ", not " + bytes);
            }
        }

        /** Of 17 MiB. */
        public HugeMessage(On on) {
            this(on, USUAL_BYTES);
        }
    }

    /**
     * The next connection of the client does not become a WebSocket; those that are open are left alone.
     *
     * @param how what happens instead
     */
    record Unreachable(Door how) implements Fault {
        public Unreachable {
            Objects.requireNonNull(how, "how");
        }
    }

    /** What a client meets that asks for a WebSocket. To refuse TCP itself takes {@link RestartGateway}. */
    enum Door implements Labelled {
        /** TCP is accepted, and the upgrade never answered. */
        NO_ANSWER(0),
        /** TCP is accepted and reset. */
        RESET(0),
        /** HTTP 302 to where the client came from. */
        REDIRECT(302),
        /** HTTP 403. */
        HTTP_403(403),
        /** HTTP 404. */
        HTTP_404(404),
        /** HTTP 503. */
        HTTP_503(503);

        private final int status;

        Door(int status) {
            this.status = status;
        }

        /** The status of HTTP; 0 where there is no answer. */
        public int status() {
            return status;
        }
    }

    /**
     * The stream will end in an unusual order.
     *
     * @param signalingFirst whether signaling closes before the media; the others follow {@code pause} later either way
     * @param terminated where message 8 with state 4 stands
     * @param stopped when the {@code *.rtms_stopped} webhook is sent
     * @param pause the time between one thing and the next
     */
    record OddEnding(boolean signalingFirst, Terminated terminated, Stopped stopped, Duration pause) implements Fault {
        public OddEnding {
            Objects.requireNonNull(terminated, "terminated");
            Objects.requireNonNull(stopped, "stopped");
            checkTime("pause", pause);
        }
    }

    /** The place of message 8 with state 4 at the end. */
    enum Terminated implements Labelled {
        /** After state 3, before the session's end. */
        USUAL,
        /** Before everything else. */
        FIRST,
        /** Not at all. */
        MISSING
    }

    /** The place of the webhook at the end. */
    enum Stopped implements Labelled {
        /** Before anything is told or closed. */
        FIRST,
        /** After everything is closed. */
        LAST
    }

    /**
     * The stream is over for Zoom already: its connections end, {@code *.rtms_stopped} tells reason 19, and handshakes are refused with 2.
     *
     * @param how how the connections end
     */
    record ExpireWindow(Ending how) implements Fault {
        public ExpireWindow {
            Objects.requireNonNull(how, "how");
        }

        /** By a reset. */
        public ExpireWindow() {
            this(Ending.RESET);
        }
    }

    /**
     * The last webhook of a kind is sent again, byte for byte, with the same {@code event_ts}.
     *
     * @param which which webhook
     * @param copies how often, all at once; 1 or more
     */
    record RepeatWebhook(WebhookKind which, int copies) implements Fault {
        public RepeatWebhook {
            Objects.requireNonNull(which, "which");
            checkCopies(copies);
        }
    }

    /**
     * The next webhook of a kind has an accident.
     *
     * @param which which webhook
     * @param how what happens to it
     * @param copies how many more there are of it, for {@link Accident#TWICE} and {@link Accident#AGAIN}
     * @param delay for {@link Accident#SLOW} and {@link Accident#AGAIN}
     */
    record WebhookTrouble(WebhookKind which, Accident how, int copies, Duration delay) implements Fault {
        public WebhookTrouble {
            Objects.requireNonNull(which, "which");
            Objects.requireNonNull(how, "how");
            checkCopies(copies);
            checkTime("delay", delay);
            if (how == Accident.AFTER_STOPPED && which != WebhookKind.STARTED) {
                throw new IllegalArgumentException("Only started can come after stopped, not " + which.label());
            }
        }
    }

    /** What happens to a webhook. */
    enum Accident implements Labelled {
        /** It is sent several times at once. */
        TWICE,
        /** It is sent again after each delay although it was accepted, with the same {@code event_ts}. */
        AGAIN,
        /** It is sent after the delay, with the {@code event_ts} that it would have had. */
        SLOW,
        /** It is not sent. */
        LOST,
        /** The meeting is over at once, and started follows the webhook that says so, although its {@code event_ts} is older. */
        AFTER_STOPPED
    }

    /**
     * Every server of the simulator resets its connections, is away, and listens again on the same port. About all streams.
     *
     * @param away how long nobody listens: TCP is refused
     * @param streamsSurvive whether streams can be joined again; else they end with reason 12
     */
    record RestartGateway(Duration away, boolean streamsSurvive) implements Fault {
        public RestartGateway {
            checkTime("away", away);
        }
    }

    /** Throws {@link IllegalArgumentException} where a time is negative or above {@link #LONGEST}. */
    static void checkTime(String name, Duration time) {
        Objects.requireNonNull(time, name);
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " has to be from 0 to " + LONGEST.toSeconds() + " s, not " + time.toMillis() + " ms");
        }
    }

    private static void checkCopies(int copies) {
        if (copies < 1 || copies > MOST_COPIES) {
            throw new IllegalArgumentException("copies has to be from 1 to " + MOST_COPIES + ", not " + copies);
        }
    }
}
