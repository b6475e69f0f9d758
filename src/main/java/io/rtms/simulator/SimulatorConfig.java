package io.rtms.simulator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A simulated Zoom in the same process, which plays meetings as soon as the service is ready; for trying things out, and for tests. */
@ConfigMapping(prefix = "rtms.simulator")
public interface SimulatorConfig {
    /** Whether there is a simulator at all; when not, nothing listens. */
    @WithDefault("false")
    boolean enabled();

    /** Address on which signaling and media are served. */
    @WithDefault("127.0.0.1")
    String host();

    /** Port of signaling and media; 0 takes a free one. */
    @WithDefault("0")
    int port();

    /** Event loops that serve its sockets. */
    @WithDefault("2")
    int threads();

    /** Certificate and key to serve {@code wss} instead of {@code ws}: both or none. */
    Tls tls();

    /** Whether meetings are played as soon as the service listens. */
    @WithDefault("true")
    boolean autoplay();

    /** The meeting, a WebVTT file with voice tags; empty for the demo meeting in the jar. */
    Optional<String> meeting();

    /** What happens beside the words, a JSON Lines file; empty for the demo meeting's own, and for nothing in other meetings. */
    Optional<String> happenings();

    /**
     * What is heard: a file for everybody, or a folder with a file for each speaker; empty for tones. The last two kinds are sent as they are, to
     * clients that ask for that codec.
     *
     * <ul>
     *   <li>{@code <speaker>.wav}: PCM, 16 bit; 8, 16, 32 or 48 kHz; mono or stereo
     *   <li>{@code <speaker>.opus}: Ogg Opus, packets of 20 ms
     *   <li>{@code <speaker>.g722}: raw, 64 kbit/s
     * </ul>
     */
    Optional<String> audio();

    /**
     * What is seen: a {@code .h264} (Annex B), {@code .jpg} or {@code .png} file for everybody, or a folder with {@code <person>.h264} and so on, or
     * {@code <person>/} with images; other files in the folder are everybody's, in the order of their names. Empty for test pictures.
     */
    Optional<String> video();

    /** What is shared, in the same forms as {@link #video}. */
    Optional<String> share();

    /** Meeting seconds in a second, above 0. Time stamps keep the meeting's own pace. */
    @WithDefault("1")
    double speed();

    /** Whether a new meeting starts when one is over. */
    @WithDefault("true")
    boolean loop();

    /** Pause before the next meeting of a loop. */
    @WithDefault("5S")
    Duration loopPause();

    /** Meetings that autoplay plays at once. */
    @WithDefault("1")
    int meetings();

    /** WebSocket frames in which messages are sent. */
    @WithDefault("text")
    FrameMode frames();

    /** Messages above this size are sent in fragments of it, in bytes; 0 never. */
    @WithDefault("0")
    int fragmentBytes();

    /** Whether media parameters that Zoom's documents exclude are refused, instead of taking the nearest that are right. */
    @WithDefault("false")
    boolean strict();

    /** Time between keep-alive requests on a socket; after three without an answer it is dropped. */
    @WithDefault("10S")
    Duration keepAliveInterval();

    /** How long a new socket may take to send its handshake. */
    @WithDefault("10S")
    Duration handshakeTimeout();

    /** How long a client may take to join, from the webhook to the first medium that is ready. */
    @WithDefault("60S")
    Duration joinTimeout();

    /** How long a lost signaling connection is waited for. */
    @WithDefault("60S")
    Duration signalingWindow();

    /** How long a lost media connection is waited for. */
    @WithDefault("65S")
    Duration mediaWindow();

    /** How much audio is kept for a media connection that is away. */
    @WithDefault("60S")
    Duration audioBuffer();

    /** Quiet time between the last media socket's start and the first word. */
    @WithDefault("300MS")
    Duration settle();

    /** Where webhooks go; empty for this service itself. */
    Optional<String> webhookUrl();

    /** Pauses before a webhook that was not accepted is sent again; Zoom's own are 5, 20 and 60 minutes. */
    @WithDefault("1S,2S,4S")
    List<Duration> webhookRetries();

    /** Whether webhook fields stand in {@code payload.object}, as some documents show, instead of {@code payload}. */
    @WithDefault("false")
    boolean nestedPayload();

    /** What {@code wss} needs; nothing for {@code ws}. */
    interface Tls {
        /** PEM file with the certificate chain. */
        Optional<String> cert();

        /** PEM file with the private key. */
        Optional<String> key();
    }
}
