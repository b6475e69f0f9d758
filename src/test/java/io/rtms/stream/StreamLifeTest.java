package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.Product;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StopReason;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamRef;
import io.rtms.event.StreamState;
import io.rtms.loop.EventLoop;
import io.rtms.loop.LoopSeat;
import io.rtms.loop.LoopSettings;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.sdk.Frame;
import io.rtms.sdk.FrameKind;
import io.rtms.sdk.NativeError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns that a stream's life rarely takes, with frames and timers by hand and a server that accepts connections and says nothing. */
@Timeout(60)
class StreamLifeTest {
    private final Timers timers = new Timers();
    private final List<RtmsEvent> events = new ArrayList<>();
    private final EventLoop loop = new EventLoop("test", new LoopSettings(1 << 20, "", false)).start();
    private ServerSocket server;
    private LoopSeat seat;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        seat = loop.add(frame -> {});
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        timers.shutdownNow();
        server.close();
        loop.stop();
        assertTrue(loop.join(Duration.ofSeconds(20)));
    }

    @Test
    void looksAtObserversThatAreBehindTenTimesASecondAtMost() {
        StreamLife life = live(Map.of("rtms.stream.linger", "0S", "rtms.stream.patience", "1S"));
        life.onStopped(StopReason.MEETING_ENDED);
        List<Duration> pauses = new ArrayList<>();
        while (timers.hasNext() && pauses.size() < 100) {
            pauses.add(timers.runNext());
        }
        List<Duration> expected = new ArrayList<>(List.of(Duration.ZERO));
        for (int i = 0; i < 10; i++) {
            expected.add(Duration.ofMillis(100));
        }
        assertEquals(expected, pauses);
    }

    @Test
    void aStopThatComesWhileItLeavesSaysNothingNew() {
        StreamLife life = live(Map.of());
        life.leave();
        life.onStopped(StopReason.MEETING_ENDED);
        life.onFrame(disconnected());
        assertEquals(StopReason.RECEIVER_REQUEST_CLOSE.name(), left().cause().name());
    }

    @Test
    void thatEverythingIsToBeDeletedIsToldAlsoWhereItLeaves() {
        StreamLife life = live(Map.of());
        life.leave();
        life.onStopped(StopReason.STREAM_REVOKED);
        life.onFrame(disconnected());
        assertEquals(StopReason.STREAM_REVOKED.name(), left().cause().name());
    }

    @Test
    void anAttemptThatTheNativeSideDoesNotTakeIsFollowedByAnother() {
        StreamLife life = live(Map.of());
        life.onFrame(disconnected());
        seat.stream().destroy();
        for (int i = 0; i < 3; i++) {
            assertTrue(timers.hasNext(), "another attempt is to come");
            timers.runNext();
            assertEquals(StreamState.INTERRUPTED, life.snapshot().state());
            assertEquals("NOT_EXIST", life.snapshot().cause().name());
        }
        life.leave();
        assertEquals(StreamState.ENDED, life.snapshot().state());
    }

    /** One that has audio, and observers that never catch up. */
    private StreamLife live(Map<String, String> settings) {
        StreamConfig config = StreamSettings.with(settings);
        JoinRequest request = JoinRequest.builder().stream(new StreamRef("s", Product.MEETING, "m"))
                .serverUrls("ws://127.0.0.1:" + server.getLocalPort())
                .credentials("client", "secret")
                .build();
        StreamLife life = new StreamLife(
                request,
                new MediaRequest(Set.of(MediaType.AUDIO), MediaParams.protocolDefaults(), true, Set.of()),
                config,
                new ReconnectPolicy(config),
                timers,
                new Timeline(),
                events::add,
                () -> false);
        life.join(seat, Lease.ALONE);
        life.onFrame(frame(FrameKind.MEDIA_READY, MediaType.bits(Set.of(MediaType.AUDIO))));
        life.onFrame(frame(FrameKind.JOINED, 0));
        assertEquals(StreamState.LIVE, life.snapshot().state());
        return life;
    }

    private StreamLeft left() {
        return (StreamLeft) events.getLast();
    }

    private static Frame disconnected() {
        return frame(FrameKind.DISCONNECTED, NativeError.CLOSED.code());
    }

    private static Frame frame(FrameKind kind, int code) {
        return new Frame(kind, 1, 0, 0, 0, 0, 0, code, 0, "", new byte[0], "");
    }

    /** Timers that run when they are told to, in the order in which they were set. */
    private static final class Timers extends ScheduledThreadPoolExecutor {
        private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();

        private record Task(Duration pause, Runnable command, ScheduledFuture<?> future) {}

        private Timers() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            ScheduledFuture<?> future = super.schedule(command, 1, TimeUnit.DAYS);
            tasks.add(new Task(Duration.of(delay, unit.toChronoUnit()), command, future));
            return future;
        }

        boolean hasNext() {
            tasks.removeIf(task -> task.future().isCancelled());
            return !tasks.isEmpty();
        }

        /** Runs the next one. Returns how long it would have waited. */
        Duration runNext() {
            Task task = tasks.remove();
            task.command().run();
            return task.pause();
        }
    }
}
