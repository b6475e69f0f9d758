package io.rtms.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Names of keys and channels. Braces are a hash tag: what is within decides on which server of a Redis Cluster a key lies.
 *
 * @param prefix what they begin with
 */
public record Keys(String prefix) {
    /** Webhooks that were accepted: a stream with a consumer group. */
    String webhooks() {
        return prefix + "webhooks";
    }

    /** Streams to join: a stream with a consumer group. */
    String joins() {
        return prefix + "joins";
    }

    /** Ids of all streams that somebody is to have: a set. */
    String streams() {
        return prefix + "streams";
    }

    /** Ids of all nodes: a set. */
    String nodes() {
        return prefix + "nodes";
    }

    /** A node's word that it is alive: a string that expires. */
    String alive(String node) {
        return prefix + "node:{" + node + "}:alive";
    }

    /** What a node is asked to do: a stream. */
    String orders(String node) {
        return prefix + "node:{" + node + "}:orders";
    }

    /** Ids of the streams that a node has: a set. */
    String streams(String node) {
        return prefix + "node:{" + node + "}:streams";
    }

    /** Which node has a stream, with its fencing number: a string that expires. */
    String lease(String streamId) {
        return ofStream(streamId) + "lease";
    }

    /** What is known of a stream: a hash. */
    String record(String streamId) {
        return ofStream(streamId) + "record";
    }

    /** A stream's transcript: a stream whose ids are {@code seq-0}. */
    String log(String streamId) {
        return ofStream(streamId) + "log";
    }

    /** Where each entry of a transcript is published: a channel. */
    String tail(String streamId) {
        return ofStream(streamId) + "tail";
    }

    /** Ids of all transcripts, by the time of their last entry: a sorted set. */
    String transcripts() {
        return prefix + "transcripts";
    }

    /** Where the ids of transcripts that begin are published: a channel. */
    String begun() {
        return prefix + "begun";
    }

    /** Something that is good once, or is not to happen twice: a string that expires. */
    String once(String kind, String fingerprint) {
        return prefix + kind + ":{" + fingerprint + "}";
    }

    /** Ids are Zoom's; a brace in one would make another hash tag. */
    private String ofStream(String streamId) {
        return prefix + "stream:{" + URLEncoder.encode(streamId, StandardCharsets.UTF_8) + "}:";
    }
}
