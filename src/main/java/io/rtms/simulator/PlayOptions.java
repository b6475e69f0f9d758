package io.rtms.simulator;

import io.rtms.event.Product;
import io.rtms.media.MediaType;
import io.rtms.simulator.fault.ArmedFault;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Refusal;
import io.rtms.simulator.picture.PictureSource;
import io.rtms.simulator.sound.SoundSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How a meeting is played.
 *
 * @param speed meeting seconds in a second; above 0
 * @param product the product whose webhooks and ids are used
 * @param sound what is heard
 * @param video what is seen of the participants
 * @param share what they share
 * @param loop start a new meeting when this one is over
 * @param framing how messages are put into WebSocket frames
 * @param webhooks whether webhooks are sent; without, somebody else has to tell the client about the stream
 * @param offered the media that the app may have, as its scopes would say; others are refused with 9 to 13
 * @param refusals requests that are refused although nothing is wrong with them
 * @param deviations unusual forms of messages
 * @param keepTranscripts whether what is said while the client is away is sent when it is back, and the meeting's end waits for that; else it
 *     is lost
 * @param overlap real time before a loss of connection from which what was sent is sent again: audio, and transcripts where they are kept
 * @param faults what goes wrong, and when
 */
public record PlayOptions(
        double speed,
        Product product,
        SoundSource sound,
        PictureSource video,
        PictureSource share,
        boolean loop,
        Framing framing,
        boolean webhooks,
        Set<MediaType> offered,
        List<Refusal> refusals,
        Set<Deviation> deviations,
        boolean keepTranscripts,
        Duration overlap,
        List<ArmedFault> faults) {
    /** The longest {@link #overlap()}. */
    public static final Duration LONGEST_OVERLAP = Duration.ofMinutes(1);

    private static final PlayOptions DEFAULTS = new PlayOptions(
            1,
            Product.MEETING,
            SoundSource.tones(),
            PictureSource.builtIn(),
            PictureSource.builtIn(),
            false,
            Framing.TEXT,
            true,
            Set.of(MediaType.values()),
            List.of(),
            Set.of(),
            false,
            Duration.ZERO,
            List.of());

    public PlayOptions {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(sound, "sound");
        Objects.requireNonNull(video, "video");
        Objects.requireNonNull(share, "share");
        Objects.requireNonNull(framing, "framing");
        offered = Set.copyOf(offered);
        refusals = List.copyOf(refusals);
        deviations = Set.copyOf(deviations);
        faults = List.copyOf(faults);
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new IllegalArgumentException("overlap has to be from 0 to " + LONGEST_OVERLAP.toSeconds() + " s, not "
                    + overlap.toMillis() + " ms");
        }
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("rtms.simulator.speed has to be above 0, not " + speed);
        }
    }

    /** Real time, a Zoom meeting, tones, test pictures, once, text frames, with webhooks, every medium, everything in its usual form. */
    public static PlayOptions defaults() {
        return DEFAULTS;
    }

    /** The same at another speed. */
    public PlayOptions withSpeed(double newSpeed) {
        return changed(draft -> draft.speed = newSpeed);
    }

    /** The same for another product. */
    public PlayOptions withProduct(Product newProduct) {
        return changed(draft -> draft.product = newProduct);
    }

    /** The same with other sounds. */
    public PlayOptions withSound(SoundSource newSound) {
        return changed(draft -> draft.sound = newSound);
    }

    /** The same with other video. */
    public PlayOptions withVideo(PictureSource newVideo) {
        return changed(draft -> draft.video = newVideo);
    }

    /** The same with other things to share. */
    public PlayOptions withShare(PictureSource newShare) {
        return changed(draft -> draft.share = newShare);
    }

    /** The same once or again and again. */
    public PlayOptions withLoop(boolean newLoop) {
        return changed(draft -> draft.loop = newLoop);
    }

    /** The same in other frames. */
    public PlayOptions withFraming(Framing newFraming) {
        return changed(draft -> draft.framing = newFraming);
    }

    /** The same with or without webhooks. */
    public PlayOptions withWebhooks(boolean newWebhooks) {
        return changed(draft -> draft.webhooks = newWebhooks);
    }

    /** The same with these media only. */
    public PlayOptions withOffered(Set<MediaType> newOffered) {
        return changed(draft -> draft.offered = newOffered);
    }

    /** The same with these refusals, in their order. */
    public PlayOptions withRefusals(Refusal... newRefusals) {
        return changed(draft -> draft.refusals = List.of(newRefusals));
    }

    /** The same with these deviations. */
    public PlayOptions withDeviations(Deviation... newDeviations) {
        return changed(draft -> draft.deviations = Set.of(newDeviations));
    }

    /** The same, and what is said while the client is away is lost or kept. */
    public PlayOptions withKeptTranscripts(boolean keep) {
        return changed(draft -> draft.keepTranscripts = keep);
    }

    /** The same, and what was sent this long before a loss is sent again. */
    public PlayOptions withOverlap(Duration newOverlap) {
        return changed(draft -> draft.overlap = newOverlap);
    }

    /** The same with these faults. */
    public PlayOptions withFaults(ArmedFault... newFaults) {
        return changed(draft -> draft.faults = List.of(newFaults));
    }

    /** The same with this fault besides, once. */
    public PlayOptions withFault(Moment moment, Fault fault) {
        return changed(draft ->
                draft.faults = Stream.concat(draft.faults.stream(), Stream.of(new ArmedFault(moment, fault)))
                        .toList());
    }

    private PlayOptions changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    private static final class Draft {
        private double speed;
        private Product product;
        private SoundSource sound;
        private PictureSource video;
        private PictureSource share;
        private boolean loop;
        private Framing framing;
        private boolean webhooks;
        private Set<MediaType> offered;
        private List<Refusal> refusals;
        private Set<Deviation> deviations;
        private boolean keepTranscripts;
        private Duration overlap;
        private List<ArmedFault> faults;

        private Draft(PlayOptions from) {
            speed = from.speed;
            product = from.product;
            sound = from.sound;
            video = from.video;
            share = from.share;
            loop = from.loop;
            framing = from.framing;
            webhooks = from.webhooks;
            offered = from.offered;
            refusals = from.refusals;
            deviations = from.deviations;
            keepTranscripts = from.keepTranscripts;
            overlap = from.overlap;
            faults = from.faults;
        }

        private PlayOptions options() {
            return new PlayOptions(
                    speed,
                    product,
                    sound,
                    video,
                    share,
                    loop,
                    framing,
                    webhooks,
                    offered,
                    refusals,
                    deviations,
                    keepTranscripts,
                    overlap,
                    faults);
        }
    }
}
