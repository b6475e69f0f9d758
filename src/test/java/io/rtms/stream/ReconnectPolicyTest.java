package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.sdk.NativeError;
import io.rtms.stream.ReconnectPolicy.Decision;
import io.rtms.stream.ReconnectPolicy.Past;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectPolicyTest {
    /** Draws the middle, so that nothing is added or taken away. */
    private static final RandomGenerator NO_JITTER = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MIN_VALUE;
        }

        @Override
        public double nextDouble() {
            return 0.5;
        }
    };

    private final StreamConfig config = StreamSettings.defaults();
    private final ReconnectPolicy policy = new ReconnectPolicy(config, NO_JITTER);

    @Test
    void waitsThreeSecondsDoublingToThirty() {
        assertEquals(
                List.of(3L, 6L, 12L, 24L, 30L, 30L),
                List.of(0, 1, 2, 3, 4, 60).stream()
                        .map(failed -> policy.backoff(failed).toSeconds())
                        .toList());
    }

    @Test
    void jitterStaysWithinATenth() {
        ReconnectPolicy random = new ReconnectPolicy(config);
        for (int i = 0; i < 1000; i++) {
            long pause = random.backoff(0).toMillis();
            assertTrue(pause >= 2700 && pause <= 3300, () -> pause + " ms");
        }
    }

    @Test
    void retriesALostConnectionAndSaysWhen() {
        Decision.Retry retry = assertInstanceOf(Decision.Retry.class, decide(NativeError.CLOSED, 1000, 0, 0));
        assertEquals(Duration.ofSeconds(3), retry.after());
        assertEquals("CLOSED", retry.cause().name());
        assertTrue(retry.cause().retry());
        assertEquals("gone. Next try in 3.0 s.", retry.cause().text());
    }

    @Test
    void joinsAtOnceAfterACrashOfOurOwnProcessUnlessItCrashesAgainAndAgain() {
        List<Long> pauses = List.of(0, 1, 2, 3).stream()
                .map(failed -> assertInstanceOf(Decision.Retry.class, decide(NativeError.WORKER, 0, failed, 0))
                        .after()
                        .toMillis())
                .toList();
        assertEquals(List.of(100L, 100L, 12_000L, 24_000L), pauses);
    }

    @Test
    void givesUpWhatNoEngineCanJoinAsItIsConfigured() {
        assertInstanceOf(Decision.GiveUp.class, decide(NativeError.INVALID_ARGUMENT, 0, 0, 0));
    }

    @Test
    void triesOnceMoreJustBeforeZoomNoLongerWaits() {
        Decision.Retry last = assertInstanceOf(Decision.Retry.class, decide(NativeError.CONNECT, 0, 4, 45));
        assertEquals(Duration.ofSeconds(13), last.after());
        Decision.GiveUp end = assertInstanceOf(Decision.GiveUp.class, decide(NativeError.CONNECT, 0, 5, 58));
        assertEquals("Gave up after 5 attempts in 58 s. gone.", end.cause().text());
    }

    @Test
    void waitsForZoomToLetGoOfOurEarlierConnection() {
        List<Long> pauses = List.of(1, 2, 3).stream()
                .map(failed -> assertInstanceOf(Decision.Retry.class, decide(NativeError.STATUS, 8, failed, 1))
                        .after()
                        .toMillis())
                .toList();
        assertEquals(List.of(1500L, 3000L, 6000L), pauses);
        assertInstanceOf(Decision.GiveUp.class, decide(NativeError.STATUS, 8, 4, 12));
    }

    @Test
    void waitsLongerWhereTheEarlierConnectionWasOurs() {
        List<Long> pauses = List.of(4, 5, 6).stream()
                .map(failed -> assertInstanceOf(Decision.Retry.class, decideLive(8, failed, 12))
                        .after()
                        .toMillis())
                .toList();
        assertEquals(List.of(12_000L, 24_000L, 30_000L), pauses);
        assertInstanceOf(Decision.GiveUp.class, decideLive(8, 6, 58));
    }

    @Test
    void waitsLongerWhereAnAttemptWithoutAnAnswerMayHoldIt() {
        Past past = new Past(4, Duration.ofSeconds(20), false, true);
        assertInstanceOf(Decision.Retry.class, decide(NativeError.STATUS, 8, past));
        assertInstanceOf(Decision.GiveUp.class, decide(NativeError.STATUS, 2, past), "it never was live");
    }

    @Test
    void aStreamThatWasLiveAndIsNotKnownAnyMoreIsAskedForAgain() {
        assertInstanceOf(Decision.Retry.class, decideLive(2, 1, 1));
        assertInstanceOf(Decision.GiveUp.class, decideLive(2, 4, 56));
        assertInstanceOf(Decision.GiveUp.class, decideLive(3, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 14, 17, 24, 30, 43, 46})
    void doesNotRepeatWhatZoomWillRefuseAgain(int status) {
        Decision.GiveUp end = assertInstanceOf(Decision.GiveUp.class, decide(NativeError.STATUS, status, 1, 0));
        assertEquals(status, end.cause().code());
        assertTrue(
                end.cause().text().startsWith("Zoom answered with status " + status),
                end.cause().text());
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 44, 45, 47, 99})
    void repeatsWhatMayPass(int status) {
        assertInstanceOf(Decision.Retry.class, decide(NativeError.STATUS, status, 1, 0));
    }

    @Test
    void noMediumIsFinal() {
        assertInstanceOf(Decision.GiveUp.class, decide(NativeError.NO_MEDIA, 0, 1, 0));
    }

    private Decision decide(NativeError error, int detail, int failed, int elapsedSeconds) {
        return decide(error, detail, new Past(failed, Duration.ofSeconds(elapsedSeconds), false, false));
    }

    private Decision decideLive(int status, int failed, int elapsedSeconds) {
        return decide(NativeError.STATUS, status, new Past(failed, Duration.ofSeconds(elapsedSeconds), true, true));
    }

    private Decision decide(NativeError error, int detail, Past past) {
        return policy.decide(error.code(), detail, "gone.", past);
    }
}
