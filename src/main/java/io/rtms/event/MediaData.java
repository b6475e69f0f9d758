package io.rtms.event;

import io.rtms.media.MediaType;

/** Something that came over a media connection (messages 14 to 18). */
public sealed interface MediaData extends RtmsEvent
        permits AudioData, VideoData, DeskshareData, TranscriptData, ChatData {
    /** The medium. */
    MediaType type();

    /** Bytes of the payload, or characters where it is text. */
    int size();

    /** What Zoom said about it. */
    Metadata metadata();

    /** {@link System#nanoTime()} at which it had been read from its socket. */
    long arrivalNanos();

    /** Whose it is; {@link Participant#NONE} where the medium is mixed. */
    default Participant participant() {
        return metadata().participant();
    }
}
