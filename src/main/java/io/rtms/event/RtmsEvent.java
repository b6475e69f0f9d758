package io.rtms.event;

/**
 * Something that happened in a stream. Fired as a CDI event on the stream's own virtual thread, in the order in which it happened: observe a record
 * with {@code @Observes AudioData}, or this type for all of them. An observer that takes its time delays its own stream and no other.
 *
 * <p>Observers with {@code @ObservesAsync} are told too, after the others: each event on a virtual thread of its own, several events at once and in no
 * order. When {@code rtms.stream.callback-queue} events of a stream are under way, or {@code rtms.stream.mailbox-bytes} of them, the stream waits.
 *
 * <p>Observing a medium subscribes to it: Zoom is asked for audio only where {@link AudioData} has an observer. One that is {@link Passive}
 * does not count.
 */
public sealed interface RtmsEvent
        permits ActiveSpeakerChanged,
                ChatGroupChanged,
                ContactCenterEvent,
                FirstPacketReceived,
                FramesDropped,
                MediaData,
                MediaInterrupted,
                MediaMetadata,
                ParticipantVideoChanged,
                ParticipantsJoined,
                ParticipantsLeft,
                RawEvent,
                ReconnectAttempted,
                SessionUpdated,
                SharingStarted,
                SharingStopped,
                StreamJoined,
                StreamLeft,
                StreamStateChanged,
                StreamStatusChanged,
                VideoSubscribed {
    /** The stream in which it happened. */
    StreamRef stream();

    /** When it happened, by Zoom's clock where Zoom told, in milliseconds since the epoch. */
    long timestamp();
}
