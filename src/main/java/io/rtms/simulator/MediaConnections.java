package io.rtms.simulator;

import io.rtms.media.MediaType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The media connections of one stream: which medium flows where, and which are missing since they were lost. Guarded by the stream's
 * lock.
 */
final class MediaConnections {
    private final Map<MediaType, Media> byType = new EnumMap<>(MediaType.class);
    private final Set<MediaType> missing = EnumSet.noneOf(MediaType.class);

    /** Whether any medium makes up for those that are missing: all went together, and the client may come back in another way. */
    private boolean anyMakesUp;

    /** Whether another connection may be added (rtms-protocol section 5.3). */
    Status check(MediaRequest request) {
        boolean combined = all().stream().anyMatch(other -> other.request().all());
        if (!byType.isEmpty() && request.all() != combined) {
            return Status.MEDIA_DATA_ALL_CONNECTION_EXIST;
        }
        return request.media().stream().anyMatch(byType::containsKey)
                ? Status.DUPLICATE_MEDIA_DATA_CONNECTION
                : Status.OK;
    }

    void add(Media connection) {
        connection.request().media().forEach(medium -> byType.put(medium, connection));
    }

    /** Takes out a connection that is lost; false where it was not here. */
    boolean lose(Media connection) {
        if (!byType.values().removeIf(one -> one == connection)) {
            return false;
        }
        missing.addAll(connection.request().media());
        anyMakesUp |= connection.request().all();
        return true;
    }

    /** Takes out every connection: they are lost together. */
    void loseAll() {
        missing.addAll(byType.keySet());
        anyMakesUp = true;
        byType.clear();
    }

    /** Lets media flow on every connection that has shaken hands. */
    void becomeReady(boolean bufferData) {
        for (Media connection : all()) {
            if (!connection.isReady()) {
                connection.becomeReady(bufferData);
                missing.removeAll(connection.request().media());
            }
        }
        if (anyMakesUp || missing.isEmpty()) {
            missing.clear();
            anyMakesUp = false;
        }
    }

    /** Whether a medium that was lost has not come back. */
    boolean isMissingAny() {
        return !missing.isEmpty();
    }

    /** Whether a medium is lost and may come back, or has a connection over which it does not flow. */
    boolean isExpected(MediaType type) {
        return missing.contains(type)
                || (byType.containsKey(type) && !byType.get(type).canFlow());
    }

    /** Whether the client has not said yet that it is ready for a connection. */
    boolean isPendingAny() {
        return all().stream().anyMatch(connection -> !connection.isReady());
    }

    /** Whether video flows of the one participant whom the client has to choose. */
    boolean isIndividualVideo() {
        Media video = byType.get(MediaType.VIDEO);
        return video != null && video.request().video().isIndividual();
    }

    boolean isEmpty() {
        return byType.isEmpty();
    }

    /** The connection on which this medium can flow now. */
    Optional<Media> flowing(MediaType type) {
        return Optional.ofNullable(byType.get(type)).filter(Media::canFlow);
    }

    /** The connection of this medium. */
    Optional<Media> find(MediaType type) {
        return Optional.ofNullable(byType.get(type));
    }

    Set<Media> all() {
        return new LinkedHashSet<>(byType.values());
    }
}
