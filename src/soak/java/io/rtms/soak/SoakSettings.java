package io.rtms.soak;

import java.time.Duration;

/**
 * How long and how hard: {@code ./mvnw verify -Psoak -Dsoak.meetings=200 -Dsoak.minutes=60 -Dsoak.seed=1}.
 *
 * @param meetings how many play at once
 * @param time for how long meetings are begun; those that play then are played to their end
 * @param seed where chance comes from
 */
record SoakSettings(int meetings, Duration time, long seed) {
    static SoakSettings ofSystem() {
        return new SoakSettings(
                Integer.getInteger("soak.meetings", 200),
                Duration.ofMinutes(Integer.getInteger("soak.minutes", 60)),
                Long.getLong("soak.seed", 1));
    }
}
