package io.rtms.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How streams are joined, kept and given up. */
@ConfigMapping(prefix = "rtms.stream")
public interface StreamConfig {
    /** What connecting one socket may take: name look-up, TCP, proxy, TLS and WebSocket upgrade. */
    @WithDefault("10S")
    Duration connectTimeout();

    /** What the answer to a handshake message may take, once its socket is connected. */
    @WithDefault("10S")
    Duration handshakeTimeout();

    /** Largest message accepted from Zoom, in bytes, 16777216 at the most; a larger one ends its connection. */
    @WithDefault("16777216")
    int maxMessageBytes();

    /** Silence of Zoom's keep-alives that counts as a lost connection. */
    @WithDefault("65S")
    Duration keepAliveTimeout();

    /** First pause before another attempt, doubled each time up to {@link #backoffMost}. */
    @WithDefault("3S")
    Duration backoffFirst();

    /** Longest pause between attempts. */
    @WithDefault("30S")
    Duration backoffMost();

    /** How long to go on trying to get a stream (back) before it counts as failed. Zoom waits 60 seconds. */
    @WithDefault("60S")
    Duration giveUpAfter();

    /**
     * How long a medium that was lost alone is connected again over the living signaling connection, before everything is connected again, once. Zoom
     * ends the whole stream where one medium is away for 65 seconds.
     */
    @WithDefault("30S")
    Duration mediaWindow();

    /** What sockets may take to deliver what is under way when Zoom has ended the stream; more, up to {@link #patience}, where observers are behind. */
    @WithDefault("2S")
    Duration linger();

    /**
     * Folder in which streams are written down, without secrets, so that they are joined again after a crash or a restart; empty for not at all.
     */
    @WithDefault("data/streams")
    Optional<String> journalDir();

    /** How long an ended stream stays in the list. */
    @WithDefault("1H")
    Duration keepEnded();

    /** Frames and other events that may wait for a slow observer of one stream before the stream's media sockets are no longer read. */
    @WithDefault("4096")
    int mailboxFrames();

    /** Bytes that may wait for a slow observer of one stream before the stream's media sockets are no longer read. */
    @WithDefault("8388608")
    long mailboxBytes();

    /**
     * How long a stream's media sockets rest for observers that are behind, before they are read again and frames are dropped instead: video up to the
     * next key frame, then audio, never words. Zoom gives up sockets that rest for 30 seconds.
     */
    @WithDefault("10S")
    Duration patience();

    /** Events that may wait for one callback on an executor, or be under way in an asynchronous one, before the stream waits. */
    @WithDefault("1024")
    int callbackQueue();
}
