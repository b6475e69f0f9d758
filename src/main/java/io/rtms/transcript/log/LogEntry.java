package io.rtms.transcript.log;

/**
 * An entry of a transcript log. Its JSON is written once, when it is appended; every reader is sent the same text.
 *
 * @param seq its number within the stream, from 1
 * @param kind its kind
 * @param json the relay message, one line
 */
public record LogEntry(long seq, EntryKind kind, String json) {}
