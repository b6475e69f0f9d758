package io.rtms.event;

/**
 * Somebody in a meeting.
 *
 * @param id Zoom's participant id within this meeting, 64 bit; 0 where the medium is mixed or nobody is named
 * @param name display name, empty where the message had none
 */
public record Participant(long id, String name) {
    public static final Participant NONE = new Participant(0, "");
}
