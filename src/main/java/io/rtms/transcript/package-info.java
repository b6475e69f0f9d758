/**
 * What was said, as numbered entries for each stream: {@link io.rtms.transcript.TranscriptRecorder} learns it from the CDI events of {@code event}
 * and {@link io.rtms.transcript.TranscriptLogs} keeps it, in memory and on disk, until it is deleted.
 *
 * <p>Rooms lie within, each of which knows only those below it: {@code relay}, which brings transcripts to browsers, and {@code export}, which makes
 * documents of them, do not know each other; below them is this one; then {@code disk}, the files; and {@code log}, what a log is.
 */
package io.rtms.transcript;
