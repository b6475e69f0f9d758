package io.rtms.stream;

import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.AudioData;
import io.rtms.event.ChatData;
import io.rtms.event.ChatGroupChanged;
import io.rtms.event.ContactCenterEvent;
import io.rtms.event.DeskshareData;
import io.rtms.event.EventType;
import io.rtms.event.FirstPacketReceived;
import io.rtms.event.FramesDropped;
import io.rtms.event.MediaInterrupted;
import io.rtms.event.MediaMetadata;
import io.rtms.event.ParticipantVideoChanged;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.ParticipantsLeft;
import io.rtms.event.Product;
import io.rtms.event.RawEvent;
import io.rtms.event.ReconnectAttempted;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SessionUpdated;
import io.rtms.event.SharingStarted;
import io.rtms.event.SharingStopped;
import io.rtms.event.StreamJoined;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.StreamStatusChanged;
import io.rtms.event.TranscriptData;
import io.rtms.event.VideoData;
import io.rtms.event.VideoSubscribed;
import io.rtms.media.MediaType;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which events somebody listens to, and what has to be asked of Zoom so that they come: observing is subscribing.
 *
 * @param types records of {@code io.rtms.event}
 */
public record Interest(Set<Class<? extends RtmsEvent>> types) {
    /** Every kind of event that there is. */
    public static final List<Class<? extends RtmsEvent>> ALL = List.of(
            ActiveSpeakerChanged.class,
            AudioData.class,
            ChatData.class,
            ChatGroupChanged.class,
            ContactCenterEvent.class,
            DeskshareData.class,
            FirstPacketReceived.class,
            FramesDropped.class,
            MediaInterrupted.class,
            MediaMetadata.class,
            ParticipantVideoChanged.class,
            ParticipantsJoined.class,
            ParticipantsLeft.class,
            RawEvent.class,
            ReconnectAttempted.class,
            SessionUpdated.class,
            SharingStarted.class,
            SharingStopped.class,
            StreamJoined.class,
            StreamLeft.class,
            StreamStateChanged.class,
            StreamStatusChanged.class,
            TranscriptData.class,
            VideoData.class,
            VideoSubscribed.class);

    /** In nothing. */
    public static final Interest NONE = new Interest(Set.of());

    /** What the relay shows, so it is always asked for. */
    public static final Interest RELAY = new Interest(
            Set.of(TranscriptData.class, ActiveSpeakerChanged.class, ParticipantsJoined.class, ParticipantsLeft.class));

    private static final Map<Class<? extends RtmsEvent>, MediaType> MEDIA = Map.of(
            AudioData.class, MediaType.AUDIO,
            VideoData.class, MediaType.VIDEO,
            DeskshareData.class, MediaType.DESKSHARE,
            TranscriptData.class, MediaType.TRANSCRIPT,
            ChatData.class, MediaType.CHAT);

    private static final Map<Class<? extends RtmsEvent>, Set<EventType>> PEOPLE = Map.of(
            ActiveSpeakerChanged.class, EnumSet.of(EventType.ACTIVE_SPEAKER_CHANGE),
            ParticipantsJoined.class, EnumSet.of(EventType.PARTICIPANT_JOIN),
            ParticipantsLeft.class, EnumSet.of(EventType.PARTICIPANT_LEAVE));

    /** The end of sharing names nobody, so it takes the begin to say who it was. */
    private static final Set<EventType> SHARING = EnumSet.of(EventType.SHARING_START, EventType.SHARING_STOP);

    private static final Map<Class<? extends RtmsEvent>, Set<EventType>> MEETING = Map.of(
            SharingStarted.class,
            SHARING,
            SharingStopped.class,
            SHARING,
            ParticipantVideoChanged.class,
            EnumSet.of(EventType.PARTICIPANT_VIDEO_ON, EventType.PARTICIPANT_VIDEO_OFF),
            ChatGroupChanged.class,
            EnumSet.range(EventType.CHAT_GROUP_CREATE, EventType.CHAT_GROUP_MEMBER_STATUS_UPDATE));

    /** Voice events of the contact center, with the later ones that have no names yet. */
    private static final Set<Integer> VOICE =
            IntStream.rangeClosed(8, 34).boxed().collect(Collectors.toSet());

    public Interest {
        types = Set.copyOf(types);
    }

    /** In every kind for which this holds. */
    public static Interest where(Predicate<Class<? extends RtmsEvent>> holds) {
        return new Interest(ALL.stream().filter(holds).collect(Collectors.toSet()));
    }

    /** In these too; an interface stands for all of its records. */
    public Interest and(Iterable<Class<? extends RtmsEvent>> others) {
        Set<Class<? extends RtmsEvent>> all = new HashSet<>(types);
        for (Class<? extends RtmsEvent> other : others) {
            ALL.stream().filter(other::isAssignableFrom).forEach(all::add);
        }
        return new Interest(all);
    }

    /** In what any of the two is in. */
    public Interest and(Interest other) {
        return and(other.types);
    }

    /** The media that carry it. */
    public Set<MediaType> media() {
        Set<MediaType> media = EnumSet.noneOf(MediaType.class);
        MEDIA.forEach((type, medium) -> {
            if (types.contains(type)) {
                media.add(medium);
            }
        });
        return media;
    }

    /** Numbers of the signaling events to subscribe to, which mean different things for different products. */
    public Set<Integer> events(Product product) {
        if (product == Product.PHONE) {
            return Set.of(); // phones have other codes, which nobody has documented
        }
        Set<Integer> numbers = numbers(PEOPLE);
        if (product != Product.CONTACT_CENTER) {
            numbers.addAll(numbers(MEETING));
        } else if (types.contains(ContactCenterEvent.class) || types.contains(RawEvent.class)) {
            numbers.addAll(VOICE);
        }
        return numbers;
    }

    /** Whoever listens to raw events listens to all of them. */
    private Set<Integer> numbers(Map<Class<? extends RtmsEvent>, Set<EventType>> known) {
        Set<Integer> numbers = new TreeSet<>();
        known.forEach((type, events) -> {
            if (types.contains(type) || types.contains(RawEvent.class)) {
                events.forEach(event -> numbers.add(event.number()));
            }
        });
        return numbers;
    }
}
