package io.rtms.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Posts webhooks as Zoom does, so many each second, however long the answers take. */
final class Webhooks {
    private static final String SECRET = "load"; // as application.properties has it

    private final URI door;
    private final int eachSecond;
    private final AtomicInteger refused = new AtomicInteger();

    Webhooks(URI door, int eachSecond) {
        this.door = door;
        this.eachSecond = eachSecond;
    }

    /** Starts so many streams at this gateway. */
    Histogram start(int streams, String signaling) {
        return post(streams, number -> """
                        {"event":"meeting.rtms_started","event_ts":%d,"payload":{"meeting_uuid":"meeting %d","operator_id":"load",\
                        "rtms_stream_id":"load-%d","server_urls":"%s"}}""".formatted(System.currentTimeMillis(), number, number, signaling));
    }

    /** Tells so many times of streams that have ended long ago. */
    Histogram stop(int streams) {
        return post(streams, number -> """
                        {"event":"meeting.rtms_stopped","event_ts":%d,"payload":{"meeting_uuid":"ended %d","rtms_stream_id":"ended-%d",\
                        "stop_reason":6}}""".formatted(System.currentTimeMillis(), number, System.nanoTime()));
    }

    /** Posts these and waits for the answers. Returns the time of each from when it was due, nanoseconds. */
    private Histogram post(int count, IntFunction<String> bodies) {
        Histogram times = new ConcurrentHistogram(2);
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService posts = Executors.newVirtualThreadPerTaskExecutor()) {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long due = begin + i * 1_000_000_000L / eachSecond;
                LockSupport.parkNanos(due - System.nanoTime());
                String body = bodies.apply(i);
                posts.submit(() -> {
                    if (post(http, body) / 100 != 2) {
                        refused.incrementAndGet();
                    }
                    times.recordValue(System.nanoTime() - due);
                    return null;
                });
            }
        }
        if (refused.get() > 0 || times.getTotalCount() < count) {
            throw new IllegalStateException("%d webhooks of %d were not accepted"
                    .formatted(refused.get() + count - times.getTotalCount(), count));
        }
        return times;
    }

    private int post(HttpClient http, String body) throws Exception {
        String timestamp = Long.toString(System.currentTimeMillis() / 1000);
        HttpRequest request = HttpRequest.newBuilder(door)
                .header("content-type", "application/json")
                .header("x-zm-request-timestamp", timestamp)
                .header("x-zm-signature", signature("v0:" + timestamp + ":" + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String signature(String message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
        return "v0=" + HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    }
}
