package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rtms.event.AudioData;
import io.rtms.event.ChatGroupChanged;
import io.rtms.event.ContactCenterEvent;
import io.rtms.event.MediaData;
import io.rtms.event.ParticipantVideoChanged;
import io.rtms.event.Product;
import io.rtms.event.RawEvent;
import io.rtms.event.RtmsEvent;
import io.rtms.event.SharingStopped;
import io.rtms.event.TranscriptData;
import io.rtms.media.MediaType;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is asked of Zoom follows from who listens. */
class InterestTest {
    @Test
    void itKnowsEveryEventThatThereIs() {
        assertEquals(leaves(RtmsEvent.class), new HashSet<>(Interest.ALL));
    }

    @Test
    void aMediumIsAskedForWhereItsRecordIsListenedTo() {
        assertEquals(Set.of(MediaType.AUDIO), in(AudioData.class).media());
        assertEquals(
                Set.of(MediaType.AUDIO, MediaType.TRANSCRIPT),
                in(AudioData.class, TranscriptData.class).media());
        assertEquals(Set.of(), in(SharingStopped.class).media());
        assertEquals(Set.of(MediaType.values()), in(MediaData.class).media());
    }

    @Test
    void eventsAreSubscribedToByNumber() {
        assertEquals(Set.of(5, 6), in(SharingStopped.class).events(Product.MEETING));
        assertEquals(Set.of(8, 9), in(ParticipantVideoChanged.class).events(Product.WEBINAR));
        assertEquals(Set.of(10, 11, 12, 13, 14), in(ChatGroupChanged.class).events(Product.VIDEO_SDK));
        assertEquals(Set.of(2, 3, 4), Interest.RELAY.events(Product.MEETING));
    }

    @Test
    void whoeverListensToRawEventsListensToAll() {
        assertEquals(
                Set.of(2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14),
                in(RawEvent.class).events(Product.MEETING));
    }

    @Test
    void theSameNumberMeansSomethingElseInTheContactCenter() {
        assertEquals(Set.of(), in(ParticipantVideoChanged.class).events(Product.CONTACT_CENTER));
        assertEquals(
                27, in(ContactCenterEvent.class).events(Product.CONTACT_CENTER).size());
        assertEquals(Set.of(), in(ContactCenterEvent.class).events(Product.MEETING));
    }

    @Test
    void phonesHaveNoEventsThatCouldBeAskedFor() {
        assertEquals(Set.of(), in(RtmsEvent.class).events(Product.PHONE));
    }

    @SafeVarargs
    private static Interest in(Class<? extends RtmsEvent>... types) {
        return Interest.NONE.and(List.of(types));
    }

    private static Set<Class<?>> leaves(Class<?> type) {
        if (!Modifier.isAbstract(type.getModifiers())) {
            return Set.of(type);
        }
        Set<Class<?>> leaves = new HashSet<>();
        Stream.of(type.getPermittedSubclasses()).forEach(sub -> leaves.addAll(leaves(sub)));
        return leaves;
    }
}
