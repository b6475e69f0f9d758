package io.rtms.simulator;

import io.quarkus.runtime.ShutdownEvent;
import io.rtms.ServiceStarted;
import io.rtms.event.StopReason;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.picture.PictureSource;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.sound.SoundSource;
import io.rtms.stream.Apps;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The simulated Zoom's front door: plays meetings, by itself when the service is up or when a test asks for it. Everything goes through
 * webhooks and sockets, as with the real one. Does nothing at all unless {@code rtms.simulator.enabled} is true. For all threads.
 */
@ApplicationScoped
public class Simulator {
    private static final Logger LOG = Logger.getLogger(Simulator.class);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

    private static final String SIGNALING_PATH = "/signaling";

    private final Vertx vertx;
    private final SimulatorConfig settings;
    private final Supplier<AppKeys> keys;
    private final WebhookTarget target;
    private final Set<SimulatedMeeting> meetings = ConcurrentHashMap.newKeySet();
    private volatile Stage stage;

    /** What exists while the simulator runs. */
    private record Stage(Streams streams, Servers servers, Production production) {
        void close() {
            production.webhooks().close();
            servers.stop();
        }
    }

    @Inject
    Simulator(Vertx vertx, SimulatorConfig settings, Apps apps, WebhookTarget target) {
        this(vertx, settings, () -> AppKeys.of(apps.defaultApp()), target);
    }

    Simulator(Vertx vertx, SimulatorConfig settings, Supplier<AppKeys> keys, WebhookTarget target) {
        this.vertx = vertx;
        this.settings = settings;
        this.keys = keys;
        this.target = target;
    }

    void onStartup(@Observes ServiceStarted started) {
        if (settings.enabled()) {
            start();
            if (settings.autoplay()) {
                Thread.ofVirtual().name("simulator-autoplay").start(this::autoplay);
            }
        }
    }

    void onShutdown(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent shutdown) {
        stop();
    }

    /** Whether it is enabled, and neither on its way up nor down. */
    public boolean isRunning() {
        return stage != null;
    }

    /** Starts a meeting: webhook, then the script as soon as somebody has joined. Throws {@link IllegalStateException} when not enabled. */
    public SimulatedMeeting play(MeetingScript script, PlayOptions options) {
        Stage on = stage();
        SimulatedMeeting meeting =
                new SimulatedMeeting(on.production(), on.servers().url(), script, options);
        meetings.add(meeting);
        on.streams().add(meeting.stream());
        meeting.end().whenComplete((reason, failure) -> ended(meeting));
        meeting.start();
        return meeting;
    }

    /** Options as configured. Throws where configured files cannot be read. */
    public PlayOptions configuredOptions() {
        SoundSource sound = settings.audio().map(Path::of).map(SoundSource::of).orElseGet(SoundSource::tones);
        PictureSource video = pictures(settings.video());
        PictureSource share = pictures(settings.share());
        Framing framing = new Framing(settings.frames(), settings.fragmentBytes());
        return PlayOptions.defaults()
                .withSpeed(settings.speed())
                .withSound(sound)
                .withVideo(video)
                .withShare(share)
                .withLoop(settings.loop())
                .withFraming(framing);
    }

    /** The meeting as configured. Throws where a configured file cannot be read. */
    public MeetingScript configuredScript() {
        MeetingScript script =
                settings.meeting().map(Path::of).map(MeetingScript::read).orElseGet(MeetingScript::demo);
        return settings.happenings().map(Path::of).map(script::withHappenings).orElse(script);
    }

    private static PictureSource pictures(Optional<String> path) {
        return path.map(Path::of).map(PictureSource::of).orElseGet(PictureSource::builtIn);
    }

    /** Signaling and media URLs begin with this. Throws {@link IllegalStateException} when not enabled. */
    public String gatewayUrl() {
        return stage().servers().url();
    }

    /** Where any stream can be signaled; {@link SimulatedMeeting#signalingUrl()} is what webhooks say of one. Throws {@link IllegalStateException} when not enabled. */
    public String signalingUrl() {
        return gatewayUrl() + SIGNALING_PATH;
    }

    /** Meetings that are being played. */
    public List<SimulatedMeeting> meetings() {
        return List.copyOf(meetings);
    }

    void start() {
        AppKeys known = keys.get();
        Streams streams = new Streams();
        Servers servers = new Servers(vertx, settings, streams);
        Webhooks webhooks = new Webhooks(settings, target::url, known.secretToken());
        stage = new Stage(streams, servers, new Production(vertx, settings, known, webhooks, new Wings(servers)));
    }

    /**
     * Resets every connection, listens to nobody for a time, and listens again on the same port. Waits for that. Throws
     * {@link IllegalStateException} when not enabled, or where the port is gone.
     *
     * @param away how long TCP is refused, up to an hour
     * @param streamsSurvive whether streams can be joined again; else they end with reason 12
     */
    public void restartGateway(Duration away, boolean streamsSurvive) throws InterruptedException {
        Fault.checkTime("away", away);
        Stage on = stage();
        List<SimulatedMeeting> playing = meetings();
        if (!streamsSurvive) {
            playing.forEach(meeting -> meeting.crash(StopReason.INSTANCE_CONNECTION_INTERRUPTED));
        }
        on.servers().restart(away);
    }

    /** The stage on which faults of meetings find other servers and restarts. */
    private final class Wings implements Backstage {
        private final Servers servers;

        Wings(Servers servers) {
            this.servers = servers;
        }

        @Override
        public String otherServer(String server) {
            return servers.other(server);
        }

        @Override
        public void restartGateway(Duration away, boolean streamsSurvive) {
            try {
                Simulator.this.restartGateway(away, streamsSurvive);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IllegalStateException e) {
                LOG.errorf("The simulator's gateway is not restarted: %s", e.getMessage());
            }
        }
    }

    void stop() {
        Stage last = stage;
        if (last == null) {
            return;
        }
        stage = null;
        List<SimulatedMeeting> playing = meetings();
        playing.forEach(SimulatedMeeting::abandon);
        try {
            long deadline = System.nanoTime() + LONGEST_FAREWELL.toNanos();
            for (SimulatedMeeting meeting : playing) {
                meeting.awaitEnd(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            last.close();
        }
    }

    private Stage stage() {
        Stage on = stage;
        if (on == null) {
            throw new IllegalStateException("The simulator does not run: set rtms.simulator.enabled=true");
        }
        return on;
    }

    private void autoplay() {
        try {
            MeetingScript script = configuredScript();
            PlayOptions options = configuredOptions();
            target.awaitService();
            for (int i = 0; i < settings.meetings(); i++) {
                play(script, options);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.errorf("The simulator cannot play: %s", e.getMessage());
        }
    }

    private void ended(SimulatedMeeting meeting) {
        meetings.remove(meeting);
        Stage on = stage;
        if (on == null) {
            return;
        }
        on.streams().remove(meeting.stream());
        if (!meeting.isLast()) {
            Thread.ofVirtual().name("simulator-loop").start(() -> playAgain(meeting));
        }
    }

    private void playAgain(SimulatedMeeting meeting) {
        try {
            Thread.sleep(settings.loopPause());
            if (stage != null) {
                play(meeting.script(), meeting.options());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debugf("No further meeting: %s", e.getMessage());
        }
    }
}
