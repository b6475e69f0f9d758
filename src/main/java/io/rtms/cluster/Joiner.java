package io.rtms.cluster;

import io.rtms.StoppingException;
import io.rtms.media.MediaType;
import io.rtms.stream.JoinRequest;
import java.util.Set;

/** Who joins the streams that this node takes: the manager. */
interface Joiner {
    /** Whether no more are joined, since this node stops. */
    boolean isStopping();

    /** What a stream is asked for. */
    Set<MediaType> requestedMedia();

    /**
     * Joins a stream.
     *
     * @return false where it is under way here already
     * @throws StoppingException where {@link #isStopping}
     * @throws IllegalArgumentException where it cannot be joined by this request
     */
    boolean join(JoinRequest request);
}
