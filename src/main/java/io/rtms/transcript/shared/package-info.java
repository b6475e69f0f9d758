/** Transcripts that several nodes share: logs of this node whose archive is a Redis stream, and which follow what other nodes write. */
package io.rtms.transcript.shared;
