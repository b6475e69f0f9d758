package io.rtms.simulator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Configuration of the simulated Zoom. */
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

    /** Event loops that serve sockets. */
    @WithDefault("2")
    int threads();

    /** Certificate and key for wss; both or none. */
    Tls tls();

    /** Play meetings as soon as the service listens. */
    @WithDefault("true")
    boolean autoplay();

    /** The meeting, a WebVTT file with voice tags; empty for the demo meeting. */
    Optional<String> meeting();

    /** What happens beside the words, a JSON Lines file; empty for the demo meeting's own, and for nothing in other meetings. */
    Optional<String> happenings();

    /** A sound file for everybody or a folder with files {@code <speaker>.wav}, {@code .opus} or {@code .g722}; empty for tones. */
    Optional<String> audio();

    /** A picture file for everybody or a folder with files {@code <person>.h264}, {@code .jpg} or {@code .png}; empty for test pictures. */
    Optional<String> video();

    /** The same for desk share. */
    Optional<String> share();

    /** Meeting seconds in a second; above 0. */
    @WithDefault("1")
    double speed();

    /** Start a new meeting when one is over. */
    @WithDefault("true")
    boolean loop();

    /** Pause before the next meeting of a loop. */
    @WithDefault("5S")
    Duration loopPause();

    /** Meetings that autoplay plays at once. */
    @WithDefault("1")
    int meetings();

    /** WebSocket frames in which JSON is sent. */
    @WithDefault("text")
    FrameMode frames();

    /** Messages above this size are sent in fragments of it, in bytes; 0 never. */
    @WithDefault("0")
    int fragmentBytes();

    /** Refuse parameters that Zoom documents as wrong, instead of taking the nearest right ones. */
    @WithDefault("false")
    boolean strict();

    /** Time between keep-alive requests on a socket; after three without an answer it is dropped. */
    @WithDefault("10S")
    Duration keepAliveInterval();

    /** How long a new socket may take to send its handshake. */
    @WithDefault("10S")
    Duration handshakeTimeout();

    /** How long to wait for somebody to join, from the webhook to the first medium that is ready. */
    @WithDefault("60S")
    Duration joinTimeout();

    /** How long to wait for a lost signaling connection. */
    @WithDefault("60S")
    Duration signalingWindow();

    /** How long to wait for a lost media connection. */
    @WithDefault("65S")
    Duration mediaWindow();

    /** Audio kept for a medium that is not connected. */
    @WithDefault("60S")
    Duration audioBuffer();

    /** Quiet time after the last media socket became ready, before the first word. */
    @WithDefault("300MS")
    Duration settle();

    /** Where webhooks go; empty for this service itself. */
    Optional<String> webhookUrl();

    /** Pauses before a webhook that was not accepted is sent again; Zoom's own are 5, 20 and 60 minutes. */
    @WithDefault("1S,2S,4S")
    List<Duration> webhookRetries();

    /** Put webhook fields into payload.object, as some documents show, instead of payload. */
    @WithDefault("false")
    boolean nestedPayload();

    /** What wss needs. */
    interface Tls {
        /** PEM file with the certificate chain. */
        Optional<String> cert();

        /** PEM file with the private key. */
        Optional<String> key();
    }
}
