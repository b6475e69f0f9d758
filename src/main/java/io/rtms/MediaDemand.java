package io.rtms;

import io.rtms.event.AudioData;
import io.rtms.event.Metadata;
import io.rtms.event.Product;
import io.rtms.event.RtmsEvent;
import io.rtms.event.StreamRef;
import io.rtms.media.MediaType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;

/** Observing is subscribing: which media somebody listens to, found once at start. Transcripts are always on, the relay listens. */
@Singleton
class MediaDemand {
    private final Set<MediaType> observed = EnumSet.of(MediaType.TRANSCRIPT);

    MediaDemand(BeanManager beans) {
        StreamRef nowhere = new StreamRef("", Product.MEETING, "");
        probe(beans, MediaType.AUDIO, new AudioData(nowhere, Metadata.NONE, new byte[0], 0, 0));
    }

    /** The media that have observers. */
    Set<MediaType> observed() {
        return Set.copyOf(observed);
    }

    private void probe(BeanManager beans, MediaType type, RtmsEvent sample) {
        if (!beans.resolveObserverMethods(sample).isEmpty()) {
            observed.add(type);
        }
    }
}
