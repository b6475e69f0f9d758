/**
 * What a log is: the numbered entries of one stream, the newest of them in memory, all of them in an {@link io.rtms.transcript.log.Archive} where it
 * has one; and how entries are written as JSON. Learns what happened from {@code event}; knows none of the other rooms of transcripts, and no file.
 */
package io.rtms.transcript.log;
