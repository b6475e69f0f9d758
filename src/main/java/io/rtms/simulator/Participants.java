package io.rtms.simulator;

import io.rtms.event.Participant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everybody who is ever in a meeting, with user ids as Zoom gives them: 0x01000400 and further in steps of 0x400. For all threads; whoever
 * is named first keeps their id.
 */
final class Participants {
    private static final long FIRST_ID = 0x01000400L;
    private static final long STEP = 0x400L;

    private final Map<String, Participant> byName = Collections.synchronizedMap(new LinkedHashMap<>());

    Participants(Collection<String> names) {
        names.forEach(this::add);
    }

    /** Throws {@link IllegalArgumentException} where nobody has this name. */
    Participant named(String name) {
        Participant found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("Nobody in this meeting is called " + name);
        }
        return found;
    }

    /** The one with this name, who is new where nobody has had it. */
    Participant add(String name) {
        return byName.computeIfAbsent(name, key -> new Participant(FIRST_ID + byName.size() * STEP, key));
    }

    Optional<Participant> withId(long id) {
        return all().stream().filter(one -> one.id() == id).findFirst();
    }

    List<String> names() {
        return all().stream().map(Participant::name).toList();
    }

    List<Participant> all() {
        synchronized (byName) {
            return List.copyOf(byName.values());
        }
    }
}
