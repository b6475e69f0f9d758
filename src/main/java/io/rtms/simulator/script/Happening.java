package io.rtms.simulator.script;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.SessionState;
import io.rtms.media.MediaType;
import io.rtms.simulator.fault.ArmedFault;
import java.util.Objects;
import java.util.stream.Stream;

/** Something that happens in a meeting beside the words of its script. People are named by their display names. */
public sealed interface Happening
        permits ChatMessage,
                Happening.Said,
                Happening.SharingStarted,
                Happening.SharingStopped,
                Happening.VideoTurned,
                Happening.Joined,
                Happening.Left,
                Happening.Event,
                Happening.Metadata,
                Happening.SessionChanged,
                Happening.Broken {
    /** Everybody who has to be in the meeting for this, somebody who comes with it included. */
    default Stream<String> people() {
        return Stream.empty();
    }

    /** Somebody says something: a transcript, and the floor if they did not have it. Nothing is heard. */
    record Said(String who, String text) implements Happening {
        public Said {
            Objects.requireNonNull(who, "who");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public Stream<String> people() {
            return Stream.of(who);
        }
    }

    /** Somebody begins to share; whoever shared before stops. */
    record SharingStarted(String who) implements Happening {
        public SharingStarted {
            Objects.requireNonNull(who, "who");
        }

        @Override
        public Stream<String> people() {
            return Stream.of(who);
        }
    }

    /** Nobody shares any more. */
    record SharingStopped() implements Happening {}

    /** Somebody turns their camera on or off; all are on at first. */
    record VideoTurned(String who, boolean on) implements Happening {
        public VideoTurned {
            Objects.requireNonNull(who, "who");
        }

        @Override
        public Stream<String> people() {
            return Stream.of(who);
        }
    }

    /** Somebody comes, and was not there before. */
    record Joined(String who) implements Happening {
        public Joined {
            Objects.requireNonNull(who, "who");
        }

        @Override
        public Stream<String> people() {
            return Stream.of(who);
        }
    }

    /** Somebody goes. */
    record Left(String who) implements Happening {
        public Left {
            Objects.requireNonNull(who, "who");
        }

        @Override
        public Stream<String> people() {
            return Stream.of(who);
        }
    }

    /**
     * Any event, as message 6, with its type and time put in.
     *
     * @param number Zoom's number of the event; in the contact center from 8 on that of a voice event
     * @param fields what else it holds
     */
    record Event(int number, ObjectNode fields) implements Happening {
        public Event {
            fields = fields.deepCopy();
        }
    }

    /**
     * Metadata of a medium, as message 23 to 27.
     *
     * @param medium the medium, which says where it goes and under which number
     * @param content the message's content; a time stamp is put in where it has none
     */
    record Metadata(MediaType medium, ObjectNode content) implements Happening {
        public Metadata {
            Objects.requireNonNull(medium, "medium");
            content = content.deepCopy();
        }
    }

    /** The session's state changes, as message 9: {@link SessionState#PAUSED} or {@link SessionState#RESUMED}. */
    record SessionChanged(SessionState state) implements Happening {
        public SessionChanged {
            if (state != SessionState.PAUSED && state != SessionState.RESUMED) {
                throw new IllegalArgumentException("A session is paused or resumed, not " + state);
            }
        }
    }

    /** Something goes wrong, or is armed to go wrong at another moment. */
    record Broken(ArmedFault fault) implements Happening {
        public Broken {
            Objects.requireNonNull(fault, "fault");
        }
    }
}
