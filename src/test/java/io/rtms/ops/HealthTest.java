package io.rtms.ops;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.loop.EventLoop;
import io.rtms.loop.StuckClient;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.junit.jupiter.api.Test;

/** What orchestrators ask, and what they are told when something is wrong. */
@QuarkusTest
@TestProfile(Watched.class)
class HealthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CyclicBarrier bothHold = new CyclicBarrier(2);

    @Inject
    RtmsManager manager;

    @Inject
    @Liveness
    DeadlockHealth deadlocks;

    @Test
    void aServiceThatIsWellIsStartedLiveAndReadyWithDataToActOn() {
        given().get("/q/health/started")
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("started"), "checks[0].data.milliseconds", greaterThanOrEqualTo(0));
        given().get("/q/health/live").then().statusCode(200).body("checks.name", hasItems("loops", "deadlocks"));
        given().get("/q/health/ready")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("checks.name", hasItems("credentials", "storage", "service"))
                .body("checks.find { it.name == 'service' }.data.engine", containsString("builtin"))
                .body("checks.find { it.name == 'storage' }.data.'rtms.transcripts.dir'", containsString("memory"));
    }

    @Test
    void aLoopThatIsStuckMakesTheServiceNotLiveUntilItTurnsAgain() throws InterruptedException {
        EventLoop loop = manager.pool().loops().getFirst();
        try (StuckClient _ = new StuckClient(loop)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> given().get("/q/health/live")
                            .then()
                            .statusCode(503)
                            .body(
                                    "checks.find { it.name == 'loops' }.data.'%s'".formatted(loop.name()),
                                    containsString("no sign of life")));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP")));
    }

    @Test
    void threadsThatWaitForEachOtherAreNamed() throws InterruptedException {
        Lock one = new ReentrantLock();
        Lock other = new ReentrantLock();
        Thread first = holdThenTake("first", one, other);
        Thread second = holdThenTake("second", other, one);
        try {
            await().atMost(PATIENCE).until(() -> deadlocks.call().getStatus() == HealthCheckResponse.Status.DOWN);
            assertEquals(2, deadlocks.call().getData().orElseThrow().keySet().size());
        } finally {
            first.interrupt();
            second.interrupt();
        }
        await().atMost(PATIENCE).until(() -> deadlocks.call().getStatus() == HealthCheckResponse.Status.UP);
    }

    private Thread holdThenTake(String name, Lock mine, Lock others) {
        return Thread.ofPlatform().name(name).daemon().start(() -> {
            mine.lock();
            try {
                bothHold.await();
                others.lockInterruptibly();
                others.unlock();
            } catch (InterruptedException | BrokenBarrierException e) {
                Thread.currentThread().interrupt();
            } finally {
                mine.unlock();
            }
        });
    }
}
