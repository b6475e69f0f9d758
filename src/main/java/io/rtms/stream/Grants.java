package io.rtms.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.rtms.media.InvalidParameterException;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** Which media flow, which are lost, and how Zoom says that it sends them. Guarded by the stream's lock. */
final class Grants {
    private static final Logger LOG = Logger.getLogger(Grants.class);

    private final Set<MediaType> granted = EnumSet.noneOf(MediaType.class);
    /** Those that were granted since signaling was connected. */
    private final Set<MediaType> had = EnumSet.noneOf(MediaType.class);
    /** Those that were granted at some time, and not refused for good since. */
    private final Set<MediaType> everHad = EnumSet.noneOf(MediaType.class);

    private final Set<MediaType> lost = EnumSet.noneOf(MediaType.class);
    private final Map<MediaType, JsonNode> parameters = new EnumMap<>(MediaType.class);
    private MediaParams effective;

    Grants(MediaParams asked) {
        this.effective = asked;
    }

    /**
     * Media are ready.
     *
     * @param mediaParams {@code media_params} of message 4, by medium; empty where the server sent none
     */
    void ready(Set<MediaType> types, String mediaParams) {
        granted.addAll(types);
        had.addAll(types);
        everHad.addAll(types);
        lost.removeAll(types);
        JsonNode params = Json.readOrMissing(mediaParams);
        for (MediaType type : types) {
            JsonNode own = params.path(type.label());
            if (own.isObject()) {
                parameters.put(type, own);
                accept(type, own);
            }
        }
    }

    private void accept(MediaType type, JsonNode own) {
        try {
            effective = effective.withEffective(type, own);
        } catch (InvalidParameterException e) {
            LOG.warnf("Zoom sends %s in a way that its documents do not know: %s", type.label(), e.getMessage());
        }
    }

    /** For good. */
    void refused(Set<MediaType> types) {
        granted.removeAll(types);
        everHad.removeAll(types);
        lost.removeAll(types);
    }

    void lost(Set<MediaType> types) {
        lost.addAll(types);
        granted.removeAll(types);
    }

    /** Nothing is connected any more. */
    void clear() {
        granted.clear();
        had.clear();
        lost.clear();
    }

    /** Whether one of these was granted since signaling was connected. */
    boolean had(Set<MediaType> types) {
        return types.stream().anyMatch(had::contains);
    }

    /** Whether one of these was granted at some time, and not refused for good since. */
    boolean everHad(Set<MediaType> types) {
        return types.stream().anyMatch(everHad::contains);
    }

    Set<MediaType> granted() {
        return Set.copyOf(granted);
    }

    Set<MediaType> lost() {
        return Set.copyOf(lost);
    }

    /** Whether nothing flows and nothing will come back. */
    boolean isEmpty() {
        return granted.isEmpty() && lost.isEmpty();
    }

    /** Each medium's own object of {@code media_params}, as the server sent it last. */
    Map<MediaType, JsonNode> parameters() {
        return Map.copyOf(parameters);
    }

    /** The parameters in force: what was asked for, with what the server said about it. */
    MediaParams effective() {
        return effective;
    }
}
