package io.rtms.simulator;

import io.rtms.event.Product;
import io.rtms.simulator.sound.SoundSource;
import java.util.Objects;

/**
 * How a meeting is played.
 *
 * @param speed meeting seconds in a second; above 0
 * @param product the product whose webhooks and ids are used
 * @param sound what is heard
 * @param loop start a new meeting when this one is over
 * @param framing how messages are put into WebSocket frames
 * @param webhooks whether webhooks are sent; without, somebody else has to tell the client about the stream
 */
public record PlayOptions(
        double speed, Product product, SoundSource sound, boolean loop, Framing framing, boolean webhooks) {
    public PlayOptions {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(sound, "sound");
        Objects.requireNonNull(framing, "framing");
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("rtms.simulator.speed has to be above 0, not " + speed);
        }
    }

    /** Real time, a Zoom meeting, tones, once, text frames, with webhooks. */
    public static PlayOptions defaults() {
        return new PlayOptions(1, Product.MEETING, SoundSource.tones(), false, Framing.TEXT, true);
    }

    /** The same at another speed. */
    public PlayOptions withSpeed(double newSpeed) {
        return new PlayOptions(newSpeed, product, sound, loop, framing, webhooks);
    }

    /** The same for another product. */
    public PlayOptions withProduct(Product newProduct) {
        return new PlayOptions(speed, newProduct, sound, loop, framing, webhooks);
    }

    /** The same with other sounds. */
    public PlayOptions withSound(SoundSource newSound) {
        return new PlayOptions(speed, product, newSound, loop, framing, webhooks);
    }

    /** The same once or again and again. */
    public PlayOptions withLoop(boolean newLoop) {
        return new PlayOptions(speed, product, sound, newLoop, framing, webhooks);
    }

    /** The same in other frames. */
    public PlayOptions withFraming(Framing newFraming) {
        return new PlayOptions(speed, product, sound, loop, newFraming, webhooks);
    }

    /** The same with or without webhooks. */
    public PlayOptions withWebhooks(boolean newWebhooks) {
        return new PlayOptions(speed, product, sound, loop, framing, newWebhooks);
    }
}
