/**
 * The relay that brings transcripts to browsers while they are spoken: over WebSocket ({@link io.rtms.transcript.relay.TranscriptSocket}) and as
 * server-sent events ({@link io.rtms.transcript.relay.EventsResource}), what is said on these connections, and the tickets that open them.
 * Knows {@code access} for who may read.
 *
 * <p>A relay is a cursor, not a queue: a {@link io.rtms.transcript.log.TranscriptLog} numbers its entries, every connection has a position in it
 * and one virtual thread ({@link io.rtms.transcript.relay.TranscriptReader}) that sends the next entry, waits until the socket has taken it, and
 * sleeps when there is none. A slow browser falls behind; it does not fill memory.
 */
package io.rtms.transcript.relay;
