package io.rtms.simulator;

import io.rtms.media.MediaType;
import io.rtms.simulator.fault.ArmedFault;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Notice;
import io.rtms.simulator.fault.On;
import io.rtms.simulator.fault.Refusal;
import io.rtms.simulator.fault.WebhookKind;
import io.rtms.simulator.script.Happening;
import io.rtms.simulator.script.MeetingScript;
import io.rtms.simulator.script.TimedHappening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What goes wrong in one meeting of a soak: faults at random times, each of which a client should survive without missing a word or telling
 * one twice, where the meeting is played with {@link #options}. The same seed draws the same plan. Immutable.
 *
 * @param faults the faults, in the order of their times, which are meeting time
 */
public record ChaosPlan(List<TimedHappening> faults) {
    /** Silence is noticed after a minute only; it takes pauses of at least this. */
    private static final Duration LONG_ENOUGH_FOR_SILENCE = Duration.ofMinutes(2);

    private static final Duration OVERLAP = Duration.ofSeconds(3);
    private static final int DUPLICATE_SIGNAL_REQUEST = 8;
    private static final int INTERNAL_EXCEPTION = 45;

    /** What happens at one time. */
    private interface Accident extends Function<RandomGenerator, List<ArmedFault>> {}

    private static final List<Accident> QUICK = List.of(
            random -> now(new Fault.DropSignaling(any(random, Ending.values()), notice(random))),
            random -> now(new Fault.DropMedia(
                    any(random, MediaType.TRANSCRIPT, MediaType.AUDIO),
                    any(random, Ending.values()),
                    any(random, Fault.Told.values()))),
            random -> now(new Fault.FailOver(any(random, Fault.OldServers.values()), shortTime(random))),
            random -> now(new Fault.CutMessage(
                    any(random, On.SIGNALING, On.TRANSCRIPT, On.MEDIA, On.ALL),
                    any(random, Fault.Then.CLOSE, Fault.Then.RESET))),
            random -> now(new Fault.Malformed(
                    any(random, On.SIGNALING, On.MEDIA, On.ALL),
                    any(
                            random,
                            Fault.Form.GARBAGE,
                            Fault.Form.DEEP,
                            Fault.Form.WRONG_TYPES,
                            Fault.Form.INVALID_UTF8,
                            Fault.Form.UNKNOWN_TYPES))),
            random -> now(new Fault.RepeatWebhook(WebhookKind.STARTED, 1 + random.nextInt(5))),
            random -> dropAfter(
                    Moment.SIGNALING_HANDSHAKE,
                    new Fault.Unreachable(any(random, Fault.Door.RESET, Fault.Door.HTTP_503)),
                    random),
            random -> dropAfter(Moment.MEDIA_HANDSHAKE, new Fault.DropSignaling(), random),
            random -> dropAfter(
                    Moment.NOW,
                    Refusal.of(
                                    any(random, Refusal.Request.SIGNALING_HANDSHAKE, Refusal.Request.MEDIA_HANDSHAKE),
                                    any(random, DUPLICATE_SIGNAL_REQUEST, INTERNAL_EXCEPTION))
                            .times(1 + random.nextInt(2)),
                    random),
            random -> dropAfter(
                    Moment.NOW,
                    new Fault.WebhookTrouble(
                            WebhookKind.INTERRUPTED,
                            any(random, Fault.Accident.TWICE, Fault.Accident.LOST, Fault.Accident.SLOW),
                            1,
                            shortTime(random)),
                    random));

    private static final List<Accident> SLOW = List.of(
            random -> now(new Fault.Silence(any(random, On.ALL, On.SIGNALING), any(random, Fault.Depth.values()))));

    public ChaosPlan {
        faults = List.copyOf(faults);
    }

    /**
     * Draws faults for a meeting.
     *
     * @param random where chance comes from
     * @param script the meeting
     * @param speed meeting seconds in a second
     * @param pause real time between faults, on average; what takes a client a minute to notice is drawn from two minutes on
     */
    public static ChaosPlan draw(RandomGenerator random, MeetingScript script, double speed, Duration pause) {
        if (pause.toMillis() < 1) {
            throw new IllegalArgumentException("The pause has to be above 0, not " + pause);
        }
        List<Accident> accidents = new ArrayList<>(QUICK);
        if (pause.compareTo(LONG_ENOUGH_FOR_SILENCE) >= 0) {
            accidents.addAll(SLOW);
        }
        List<TimedHappening> faults = new ArrayList<>();
        double step = Math.max(1, pause.toMillis() * speed);
        double at = step * (0.5 + random.nextDouble());
        while (at < script.durationMs()) {
            long atMs = (long) at;
            accidents.get(random.nextInt(accidents.size())).apply(random).stream()
                    .map(fault -> new TimedHappening(atMs, new Happening.Broken(fault)))
                    .forEach(faults::add);
            at += step * (0.5 + random.nextDouble());
        }
        return new ChaosPlan(faults);
    }

    /** The meeting with its faults, after what happens in it anyway. */
    public MeetingScript applyTo(MeetingScript script) {
        return script.withHappenings(
                Stream.concat(script.happenings().stream(), faults.stream()).toList());
    }

    /** Options with which nothing has to be missing: transcripts are kept, and what may be lost on the way is sent again. */
    public static PlayOptions options(PlayOptions usual) {
        return usual.withKeptTranscripts(true).withOverlap(OVERLAP);
    }

    private static List<ArmedFault> now(Fault fault) {
        return List.of(new ArmedFault(Moment.NOW, fault));
    }

    /** Arms a fault for the reconnection, and makes one necessary. */
    private static List<ArmedFault> dropAfter(Moment moment, Fault fault, RandomGenerator random) {
        Fault drop = new Fault.DropSignaling(any(random, Ending.values()), Notice.USUAL);
        return List.of(new ArmedFault(moment, fault), new ArmedFault(Moment.NOW, drop));
    }

    private static Notice notice(RandomGenerator random) {
        return new Notice(random.nextInt(4) > 0, random.nextBoolean(), shortTime(random));
    }

    private static Duration shortTime(RandomGenerator random) {
        return Duration.ofMillis(random.nextInt(2000));
    }

    @SafeVarargs
    private static <T> T any(RandomGenerator random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
