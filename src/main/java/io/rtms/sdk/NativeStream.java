package io.rtms.sdk;

import java.time.Duration;
import java.util.Optional;

/**
 * A stream of the native library. Every call returns at once, from any thread; what comes of it is told by frames. Each accepted
 * {@link #join()} ends with exactly one {@link FrameKind#DISCONNECTED}.
 */
public final class NativeStream {
    private final long handle;

    NativeStream(long handle) {
        this.handle = handle;
    }

    /** The number by which frames name this stream. */
    public long handle() {
        return handle;
    }

    /** Which stream to join, and the field that holds the meeting's id. */
    public NativeStream identity(String streamId, String idKey, String id) {
        set(Abi.STRING_STREAM_ID, streamId);
        set(Abi.STRING_ID_KEY, idKey);
        set(Abi.STRING_ID, id);
        return this;
    }

    /** Signaling servers, tried in order. */
    public NativeStream serverUrls(String commaSeparated) {
        set(Abi.STRING_SERVER_URLS, commaSeparated);
        return this;
    }

    /** The app's credentials, of which the native side makes the signature. */
    public NativeStream credentials(String clientId, String clientSecret) {
        set(Abi.STRING_CLIENT_ID, clientId);
        set(Abi.STRING_CLIENT_SECRET, clientSecret);
        return this;
    }

    /** A ready signature, instead of the {@link #credentials credentials} of which one would be made. */
    public NativeStream signature(String signature) {
        set(Abi.STRING_SIGNATURE, signature);
        return this;
    }

    /** Whether the server delivers the audio that was captured before the join. */
    public NativeStream bufferData(boolean buffer) {
        set(Abi.INT_BUFFER_DATA, buffer ? 1 : 0);
        return this;
    }

    /**
     * The HTTP proxy that every socket goes through.
     *
     * @param url {@code http://[user:password@]host:port} with user and password percent-encoded; empty for none
     * @throws NativeException where it is malformed
     */
    public NativeStream proxy(String url) {
        set(Abi.STRING_PROXY, url);
        return this;
    }

    /**
     * How the servers' certificates are checked, where that is not as the loop does it.
     *
     * @param caFile PEM file of the authorities to trust; empty: the loop's
     * @param verify whether they are checked at all; empty: as the loop
     * @throws NativeException where the file cannot be read as PEM
     */
    public NativeStream tls(String caFile, Optional<Boolean> verify) {
        set(Abi.STRING_CA_FILE, caFile);
        set(Abi.INT_VERIFY_TLS, verify.map(check -> check ? 1 : 0).orElse(-1));
        return this;
    }

    /**
     * What to ask for.
     *
     * @param mediaTypes Zoom's bits
     * @param split one socket for each medium instead of one for all
     * @param paramsJson {@code media_params} of the media handshake, by medium
     */
    public NativeStream media(int mediaTypes, boolean split, String paramsJson) {
        set(Abi.INT_MEDIA_TYPES, mediaTypes);
        set(Abi.INT_SPLIT, split ? 1 : 0);
        set(Abi.STRING_MEDIA_PARAMS, paramsJson);
        return this;
    }

    /** How long to wait for a connection, for a handshake, and for a keep-alive. */
    public NativeStream timeouts(Duration connect, Duration handshake, Duration keepAlive) {
        set(Abi.INT_CONNECT_TIMEOUT_MS, connect.toMillis());
        set(Abi.INT_HANDSHAKE_TIMEOUT_MS, handshake.toMillis());
        set(Abi.INT_KEEP_ALIVE_TIMEOUT_MS, keepAlive.toMillis());
        return this;
    }

    /**
     * The largest message that is accepted; a larger one ends its socket.
     *
     * @param bytes 1024 to 16777216, which is the default
     * @throws NativeException where it is not in that range
     */
    public NativeStream maxMessageBytes(long bytes) {
        set(Abi.INT_MAX_MESSAGE_BYTES, bytes);
        return this;
    }

    /** Asks for a type of event, now or with the next join. */
    public NativeStream subscribe(int eventType) {
        NativeException.check("rtms_stream_subscribe", Librtms.rtms_stream_subscribe(handle, eventType, 1));
        return this;
    }

    /** Asks no longer for a type of event, from now on and with later joins. */
    public NativeStream unsubscribe(int eventType) {
        NativeException.check("rtms_stream_subscribe", Librtms.rtms_stream_subscribe(handle, eventType, 0));
        return this;
    }

    /**
     * Asks for one participant's video, or no longer for it; it waits until video is ready, and outlives reconnections. At most one participant's is
     * asked for: the last. Answered by {@link FrameKind#VIDEO_SUBSCRIPTION}.
     *
     * @param userId at least 1
     */
    public NativeStream subscribeVideo(long userId, boolean on) {
        NativeException.check(
                "rtms_stream_subscribe_video", Librtms.rtms_stream_subscribe_video(handle, userId, on ? 1 : 0));
        return this;
    }

    /**
     * Asks for the stream's state; answered by {@link FrameKind#STREAM_STATE_ANSWER}.
     *
     * @return false where the stream is not joined (any more)
     */
    public boolean queryStreamState() {
        return accepted("rtms_stream_query_stream_state", Librtms.rtms_stream_query_stream_state(handle));
    }

    /**
     * Asks for a session's state; answered by {@link FrameKind#SESSION_STATE_ANSWER}.
     *
     * @return false where the stream is not joined (any more)
     */
    public boolean querySessionState(String sessionId) {
        return accepted("rtms_stream_query_session_state", Librtms.rtms_stream_query_session_state(handle, sessionId));
    }

    /** Starts an attempt. */
    public void join() {
        NativeException.check("rtms_stream_join", Librtms.rtms_stream_join(handle));
    }

    /**
     * Connects the lost media again.
     *
     * @return false where the stream is not joined (any more)
     */
    public boolean joinMedia() {
        return accepted("rtms_stream_join_media", Librtms.rtms_stream_join_media(handle));
    }

    /**
     * Ends the media sockets on which no message has come for this time, although they look alive; each is told by {@link FrameKind#MEDIA_LOST}, after
     * which {@link #joinMedia()} connects it again. Sockets that are not read do not count as silent.
     *
     * @param silence not negative; zero: every media socket that is read
     * @return false where the stream is not joined (any more)
     */
    public boolean renewMedia(Duration silence) {
        return accepted("rtms_stream_renew_media", Librtms.rtms_stream_renew_media(handle, silence.toMillis()));
    }

    /**
     * Which sockets are read from now on, and by later joins. Handshakes are read in any case, and signaling while the stream leaves; the silence of a
     * socket that is not read does not count.
     */
    public void pause(Reading reading) {
        Librtms.rtms_stream_pause(handle, reading.level());
    }

    /**
     * Tells Zoom that the stream is over, then closes.
     *
     * @return false where no attempt runs, so no {@link FrameKind#DISCONNECTED} will come
     */
    public boolean leave() {
        return accepted("rtms_stream_leave", Librtms.rtms_stream_leave(handle));
    }

    /**
     * Closes the sockets without ending the stream.
     *
     * @return false where no attempt runs, so no {@link FrameKind#DISCONNECTED} will come
     */
    public boolean close() {
        return accepted("rtms_stream_close", Librtms.rtms_stream_close(handle));
    }

    /** Forgets the stream on the native side; calling it again does nothing. */
    public void destroy() {
        Librtms.rtms_stream_destroy(handle);
    }

    private static boolean accepted(String function, int result) {
        if (result == Abi.E_STATE || result == Abi.E_NOT_EXIST) {
            return false;
        }
        NativeException.check(function, result);
        return true;
    }

    private void set(int option, String value) {
        NativeException.check("rtms_stream_set_string", Librtms.rtms_stream_set_string(handle, option, value));
    }

    private void set(int option, long value) {
        NativeException.check("rtms_stream_set_int", Librtms.rtms_stream_set_int(handle, option, value));
    }
}
