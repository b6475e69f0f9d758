package io.rtms.event;

import io.rtms.media.MediaType;
import java.util.List;
import java.util.Objects;

/**
 * A chat message, or what became of one (message 18). Zoom sends chat since July 2026; fields that it leaves out are empty.
 *
 * @param metadata who sent it
 * @param text the words
 * @param operation what happened to the message
 * @param messageId Zoom's id of the message
 * @param parentMessageId the message that this one answers
 * @param session to whom it went
 * @param receivers those it was meant for, where Zoom named them
 * @param files files that came with it
 * @param deletedFileIds files that were taken away
 * @param timestamp Zoom's time, milliseconds since the epoch
 * @param arrivalNanos {@link System#nanoTime()} at which it had been read from its socket
 */
public record ChatData(
        StreamRef stream,
        Metadata metadata,
        String text,
        ChatOperation operation,
        String messageId,
        String parentMessageId,
        Session session,
        List<Participant> receivers,
        List<File> files,
        List<String> deletedFileIds,
        long timestamp,
        long arrivalNanos)
        implements MediaData {
    public ChatData {
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(session, "session");
        receivers = List.copyOf(receivers);
        files = List.copyOf(files);
        deletedFileIds = List.copyOf(deletedFileIds);
    }

    @Override
    public MediaType type() {
        return MediaType.CHAT;
    }

    @Override
    public int size() {
        return text.length();
    }

    /**
     * The conversation that a message belongs to.
     *
     * @param type who is in it
     * @param id Zoom's id, empty where it gave none
     */
    public record Session(ChatSessionType type, String id) {}

    /**
     * A file that came with a message.
     *
     * @param id Zoom's id
     * @param name as the sender named it
     * @param size bytes; 0 where Zoom did not tell
     */
    public record File(String id, String name, long size) {}
}
