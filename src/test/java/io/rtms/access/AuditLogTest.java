package io.rtms.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.LogLines;
import io.rtms.access.AuditLog.Door;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private final AtomicLong clock = new AtomicLong();
    private final AuditLog audit = new AuditLog(clock::get);
    private final LogLines log = new LogLines();

    @BeforeEach
    void listen() {
        log.begin();
    }

    @AfterEach
    void listenNoMore() {
        log.end();
    }

    @Test
    void writesOneLineWithWhatWhoAndWhy() {
        audit.refused(Door.API, "192.0.2.1:4711", "GET /api/streams", "A bearer token is needed.");
        assertEquals(
                List.of(
                        "WARN io.rtms.audit refused door=api what=\"GET /api/streams\" who=\"192.0.2.1:4711\" why=\"A bearer token is needed.\""),
                lines());
    }

    @Test
    void nobodyFloodsIt() {
        for (int i = 0; i < 10_000; i++) {
            audit.refused(Door.WEBHOOK, "192.0.2.1:4711", "POST /webhook", "Wrong.");
        }
        assertEquals(10, lines().size());
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        for (int i = 0; i < 100; i++) {
            audit.refused(Door.WEBHOOK, "192.0.2.1:4711", "POST /webhook", "Wrong.");
        }
        assertEquals(11, lines().size(), "one a second");
        assertTrue(lines().getLast().endsWith("why=\"Wrong.\" leftOut=9990"), lines().getLast());
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        audit.refused(Door.WEBHOOK, "192.0.2.1:4711", "POST /webhook", "Wrong.");
        assertTrue(lines().getLast().endsWith("leftOut=99"), lines().getLast());
    }

    @Test
    void noiseAtOneDoorHidesNothingAtAnother() {
        for (int i = 0; i < 100; i++) {
            audit.refused(Door.WEBHOOK, "192.0.2.1:4711", "POST /webhook", "Wrong.");
        }
        audit.refused(Door.RELAY, "192.0.2.2:4711", "WebSocket /ws/transcripts", "Wrong.");
        assertTrue(lines().getLast().contains("door=relay"));
    }

    @Test
    void aRequestWritesNoLinesOrFieldsOfItsOwn() {
        audit.refused(
                Door.API,
                "192.0.2.1:4711",
                "GET /a\" who=\"127.0.0.1\r\nWARN forged\u2028line\u202E" + "x".repeat(10_000),
                "Wrong.");
        String line = lines().getFirst();
        assertFalse(line.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202E), line);
        assertTrue(line.startsWith(
                "WARN io.rtms.audit refused door=api what=\"GET /a? who=?127.0.0.1??WARN forged?line?x"));
        assertTrue(line.length() < 500, "bounded");
    }

    private List<String> lines() {
        return log.with("io.rtms.audit");
    }
}
