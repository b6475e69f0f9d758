/**
 * What was said, as numbered entries for each stream, and the relay that brings them to browsers: over WebSocket
 * ({@link io.rtms.transcript.TranscriptSocket}) and as server-sent events ({@link io.rtms.transcript.TranscriptResource}). Learns
 * everything about streams from the CDI events of {@code event}; knows {@code access} for who may read.
 *
 * <p>A relay is a cursor, not a queue: {@link io.rtms.transcript.TranscriptLog} numbers its entries, every connection has a position in it
 * and one virtual thread ({@link io.rtms.transcript.TranscriptReader}) that sends the next entry, waits until the socket has taken it, and
 * sleeps when there is none. A slow browser falls behind; it does not fill memory.
 *
 * <p>A log ({@link io.rtms.transcript.StreamLog}) has its newest entries in memory ({@link io.rtms.transcript.RecentEntries}) and all of them in a
 * file ({@link io.rtms.transcript.LogFile}), which {@link io.rtms.transcript.Recovery} finds again after a restart, and which
 * {@link io.rtms.transcript.Retention} deletes in the end.
 */
package io.rtms.transcript;
