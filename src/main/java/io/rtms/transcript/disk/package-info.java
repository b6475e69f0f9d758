/**
 * Transcripts in files: one for each stream ({@link io.rtms.transcript.disk.LogFile}), sealed line by line. They are found again and put in order
 * after a restart ({@link io.rtms.transcript.disk.Recovery}), synced as the policy has it, and deleted in the end
 * ({@link io.rtms.transcript.disk.Retention}). Of the other rooms of transcripts it knows {@code log} only.
 */
package io.rtms.transcript.disk;
