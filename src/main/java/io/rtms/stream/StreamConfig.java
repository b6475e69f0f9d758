package io.rtms.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How streams are joined, kept and given up. */
@ConfigMapping(prefix = "rtms.stream")
public interface StreamConfig {
    /** What connecting one socket may take: name look-up, TCP, TLS and WebSocket upgrade. */
    @WithDefault("10S")
    Duration connectTimeout();

    /** What a handshake message's answer may take. */
    @WithDefault("10S")
    Duration handshakeTimeout();

    /** Largest message accepted from Zoom, bytes; a larger one ends its connection. */
    @WithDefault("16777216")
    int maxMessageBytes();

    /** Silence of Zoom's keep-alives that counts as a lost connection. */
    @WithDefault("65S")
    Duration keepAliveTimeout();

    /** First pause before another attempt; doubled each time. */
    @WithDefault("3S")
    Duration backoffFirst();

    /** Longest pause between attempts. */
    @WithDefault("30S")
    Duration backoffMost();

    /** How long to go on trying before a stream counts as failed. */
    @WithDefault("60S")
    Duration giveUpAfter();

    /** How long a lost medium is connected again alone, over living signaling, before everything is, once: Zoom ends the stream without it. */
    @WithDefault("30S")
    Duration mediaWindow();

    /** What sockets may take to deliver what is under way when Zoom has ended the stream. */
    @WithDefault("2S")
    Duration linger();

    /** Folder in which streams are written down that are to be joined again after a restart; empty for none. */
    Optional<String> journalDir();

    /** How long an ended stream stays in the list. */
    @WithDefault("1H")
    Duration keepEnded();

    /** Events that may wait for a slow observer before the stream's media sockets are no longer read. */
    @WithDefault("4096")
    int mailboxFrames();

    /** Bytes that may wait for a slow observer before the stream's media sockets are no longer read. */
    @WithDefault("8388608")
    long mailboxBytes();

    /** How long a stream's sockets rest for observers that are behind, before video, and then audio, is dropped. */
    @WithDefault("10S")
    Duration patience();

    /** Events that may wait for one callback on an executor, or be under way in an asynchronous one, before the stream waits. */
    @WithDefault("1024")
    int callbackQueue();
}
