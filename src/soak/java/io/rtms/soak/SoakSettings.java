package io.rtms.soak;

import java.time.Duration;

/**
 * How long and how hard: {@code ./mvnw verify -Psoak -Dsoak.meetings=200 -Dsoak.minutes=60 -Dsoak.pause=60 -Dsoak.seed=1}.
 *
 * @param meetings how many play at once
 * @param time for how long meetings are begun; those that play then are played to their end
 * @param pause time between faults in each meeting, on average
 * @param seed where chance comes from
 */
record SoakSettings(int meetings, Duration time, Duration pause, long seed) {
    static SoakSettings ofSystem() {
        return new SoakSettings(
                Integer.getInteger("soak.meetings", 200),
                Duration.ofMinutes(Integer.getInteger("soak.minutes", 60)),
                Duration.ofSeconds(Integer.getInteger("soak.pause", 60)),
                Long.getLong("soak.seed", 1));
    }
}
