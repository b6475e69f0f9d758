package io.rtms.simulator;

import io.rtms.event.Participant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The people in a meeting with user ids as Zoom gives them: 0x01000400 and further in steps of 0x400. Immutable. */
final class Participants {
    private static final long FIRST_ID = 0x01000400L;
    private static final long STEP = 0x400L;

    private final Map<String, Participant> byName = new LinkedHashMap<>();

    Participants(List<String> names) {
        for (String name : names) {
            byName.put(name, new Participant(FIRST_ID + byName.size() * STEP, name));
        }
    }

    Participant named(String name) {
        return byName.get(name);
    }

    Collection<Participant> all() {
        return byName.values();
    }
}
