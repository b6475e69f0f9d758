package io.rtms.simulator.script;

import io.rtms.event.ChatOperation;
import io.rtms.event.ChatSessionType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A chat message, or what becomes of one (message 18). Immutable.
 *
 * @param sender display name of who does it
 * @param operation what is done
 * @param id the message's id; that of the earlier one where this edits, deletes or reacts
 * @param text the words, or the emoji of a reaction
 * @param replyTo id of the message that this one answers; empty for none
 * @param session who is in the conversation
 * @param sessionId the conversation's id; empty for everyone's
 * @param receivers display names of those it is meant for; none for everyone
 * @param files files that come with it
 * @param deletedFiles ids of files that are taken away
 */
public record ChatMessage(
        String sender,
        ChatOperation operation,
        String id,
        String text,
        String replyTo,
        ChatSessionType session,
        String sessionId,
        List<String> receivers,
        List<File> files,
        List<String> deletedFiles)
        implements Happening {
    public ChatMessage {
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(replyTo, "replyTo");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(sessionId, "sessionId");
        receivers = List.copyOf(receivers);
        files = List.copyOf(files);
        deletedFiles = List.copyOf(deletedFiles);
    }

    /**
     * A file that comes with a message.
     *
     * @param id Zoom's id
     * @param name as the sender named it
     * @param size bytes
     */
    public record File(String id, String name, long size) {}

    /** New words for everyone. */
    public static ChatMessage of(String sender, String id, String text) {
        return done(sender, ChatOperation.NEW, id, text);
    }

    /** Other words for an earlier message. */
    public static ChatMessage edited(String sender, String id, String text) {
        return done(sender, ChatOperation.UPDATE, id, text);
    }

    /** An earlier message is taken back. */
    public static ChatMessage deleted(String sender, String id) {
        return done(sender, ChatOperation.DELETE, id, "");
    }

    /** A reaction to an earlier message. */
    public static ChatMessage reaction(String sender, String id, String emoji) {
        return done(sender, ChatOperation.ADD_EMOJI_REACTION, id, emoji);
    }

    /** A reaction to an earlier message is taken back. */
    public static ChatMessage reactionRemoved(String sender, String id, String emoji) {
        return done(sender, ChatOperation.REMOVE_EMOJI_REACTION, id, emoji);
    }

    private static ChatMessage done(String sender, ChatOperation operation, String id, String text) {
        return new ChatMessage(
                sender, operation, id, text, "", ChatSessionType.EVERYONE, "", List.of(), List.of(), List.of());
    }

    /** The same as an answer to another message. */
    public ChatMessage inReplyTo(String message) {
        return new ChatMessage(
                sender, operation, id, text, message, session, sessionId, receivers, files, deletedFiles);
    }

    /** The same in another conversation. */
    public ChatMessage in(ChatSessionType newSession, String newSessionId, List<String> newReceivers) {
        return new ChatMessage(
                sender, operation, id, text, replyTo, newSession, newSessionId, newReceivers, files, deletedFiles);
    }

    /** The same with files. */
    public ChatMessage withFiles(List<File> newFiles) {
        return new ChatMessage(
                sender, operation, id, text, replyTo, session, sessionId, receivers, newFiles, deletedFiles);
    }

    /** The same, taking files away. */
    public ChatMessage withoutFiles(List<String> fileIds) {
        return new ChatMessage(sender, operation, id, text, replyTo, session, sessionId, receivers, files, fileIds);
    }

    @Override
    public Stream<String> people() {
        return Stream.concat(Stream.of(sender), receivers.stream());
    }
}
