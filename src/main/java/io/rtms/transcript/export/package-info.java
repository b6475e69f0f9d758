/**
 * Transcripts as documents to take away ({@link io.rtms.transcript.export.TranscriptResource}): JSON, plain text and subtitles. What is told of a
 * stream while it goes on is the relay's affair, which this room does not know.
 */
package io.rtms.transcript.export;
