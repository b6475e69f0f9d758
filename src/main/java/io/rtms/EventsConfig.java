package io.rtms;

import io.rtms.event.ChatGroupChanged;
import io.rtms.event.ContactCenterEvent;
import io.rtms.event.ParticipantVideoChanged;
import io.rtms.event.RawEvent;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SharingStarted;
import io.rtms.stream.Interest;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.HashSet;
import java.util.Set;

/** Which signaling events to subscribe to, for those who watch through the relay and have no observer of their own. */
@ConfigMapping(prefix = "rtms.events")
interface EventsConfig {
    /** The events to subscribe to: what is observed with {@code auto}, and groups by name, which are asked for too, or alone without {@code auto}. */
    @WithDefault("auto")
    Set<Group> request();

    /** Events that go together. */
    enum Group {
        /** What is observed, and what the relay always shows. */
        AUTO(null),
        /** Who shares a desk; needs the desk-share scope. */
        SHARING(SharingStarted.class),
        /** Who turns the video on and off. */
        VIDEO(ParticipantVideoChanged.class),
        /** Chat groups. */
        CHAT_GROUPS(ChatGroupChanged.class),
        /** Voice events of the contact center. */
        CONTACT_CENTER(ContactCenterEvent.class),
        /** All that Zoom documents. */
        ALL(RawEvent.class);

        private final Class<? extends RtmsEvent> type;

        Group(Class<? extends RtmsEvent> type) {
            this.type = type;
        }
    }

    /** The events to ask for. */
    default Interest wanted(Interest observed) {
        Set<Class<? extends RtmsEvent>> types = new HashSet<>();
        for (Group group : request()) {
            if (group == Group.AUTO) {
                types.addAll(observed.types());
            } else {
                types.add(group.type);
            }
        }
        return Interest.NONE.and(types);
    }
}
