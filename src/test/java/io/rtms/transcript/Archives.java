package io.rtms.transcript;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rtms.event.TranscriptDeleted;
import io.rtms.event.TranscriptDeleted.Why;
import io.rtms.transcript.disk.FaultyDisk;
import io.rtms.transcript.disk.Shelf;
import io.rtms.transcript.log.StreamLog;
import io.rtms.transcript.log.TranscriptLog;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All transcripts as the service has them, from configuration to files, without the service. */
final class Archives implements AutoCloseable {
    final TranscriptLogs logs;
    final MeterRegistry metrics = new SimpleMeterRegistry();
    final FaultyDisk disk = new FaultyDisk();
    final Queue<TranscriptDeleted> deleted = new ConcurrentLinkedQueue<>();
    final List<String> retired = new ArrayList<>();

    volatile Consumer<TranscriptDeleted> whenDeleted = deletion -> {};

    private Archives(Path folder, Map<String, String> keys) {
        Map<String, String> values = new HashMap<>(Map.of("rtms.transcripts.dir", folder.toString()));
        keys.forEach((key, value) -> values.put("rtms.transcripts." + key, value));
        TranscriptConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(values, "given", 300))
                .withMapping(TranscriptConfig.class)
                .build()
                .getConfigMapping(TranscriptConfig.class);
        logs = new TranscriptLogs(config, disk, metrics, this::onDeleted);
    }

    private void onDeleted(TranscriptDeleted deletion) {
        deleted.add(deletion);
        whenDeleted.accept(deletion);
    }

    /** @param keys of {@code rtms.transcripts} that differ from their defaults */
    static Archives open(Path folder, Map<String, String> keys) {
        return new Archives(folder, keys);
    }

    void say(String streamId, int count) {
        for (int i = 0; i < count; i++) {
            long last = logs.find(streamId).map(TranscriptLog::lastSeq).orElse(0L);
            logs.append(streamId, Shelf.says("line " + (last + 1)));
        }
    }

    StreamLog log(String streamId) {
        return (StreamLog) logs.find(streamId).orElseThrow();
    }

    Collection<StreamLog> all() {
        return logs.all().stream().map(StreamLog.class::cast).toList();
    }

    Set<String> ids() {
        return logs.all().stream().map(TranscriptLog::streamId).collect(Collectors.toSet());
    }

    void retire(StreamLog log, Why why) {
        if (log.retire(why).isPresent()) {
            retired.add(log.streamId());
        }
    }

    /** Deletions as words: stream, reason, entries. */
    Set<String> told() {
        return deleted.stream()
                .map(deletion -> deletion.streamId() + " " + deletion.why() + " " + deletion.entries())
                .collect(Collectors.toSet());
    }

    /** Observers are told on a thread of their own. */
    void awaitTold(String... deletions) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertEquals(Set.of(deletions), told()));
    }

    double deletions(Why why) {
        return metrics.counter("rtms.transcripts.deleted", "cause", why.label()).count();
    }

    double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    @Override
    public void close() {
        logs.stop();
    }
}
