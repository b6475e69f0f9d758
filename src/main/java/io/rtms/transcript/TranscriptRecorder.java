package io.rtms.transcript;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.rtms.RtmsManager;
import io.rtms.ServiceStarting;
import io.rtms.event.ActiveSpeakerChanged;
import io.rtms.event.Cause;
import io.rtms.event.ChatData;
import io.rtms.event.ParticipantVideoChanged;
import io.rtms.event.ParticipantsJoined;
import io.rtms.event.ParticipantsLeft;
import io.rtms.event.Passive;
import io.rtms.event.SharingStarted;
import io.rtms.event.SharingStopped;
import io.rtms.event.StopReason;
import io.rtms.event.StreamLeft;
import io.rtms.event.StreamState;
import io.rtms.event.StreamStateChanged;
import io.rtms.event.TranscriptAttribute;
import io.rtms.event.TranscriptData;
import io.rtms.event.WebhookReceived;
import io.rtms.stream.WebhookPayload;
import io.rtms.transcript.log.TranscriptEntry.Attendance;
import io.rtms.transcript.log.TranscriptEntry.Chat;
import io.rtms.transcript.log.TranscriptEntry.Sharing;
import io.rtms.transcript.log.TranscriptEntry.SpeakerChange;
import io.rtms.transcript.log.TranscriptEntry.Status;
import io.rtms.transcript.log.TranscriptEntry.Utterance;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/**
 * Writes what happens in streams to their transcript logs, on each stream's own thread, before any extension that might fail. Transcripts,
 * speakers and participants are what it is for; chat, sharing and video it keeps where somebody else asked Zoom for them.
 */
@Singleton
class TranscriptRecorder {
    private static final int FIRST = Interceptor.Priority.LIBRARY_BEFORE;

    private final TranscriptLogs logs;
    private final RtmsManager manager;
    private final Counter transcripts;

    TranscriptRecorder(TranscriptLogs logs, RtmsManager manager, MeterRegistry metrics) {
        this.logs = logs;
        this.manager = manager;
        this.transcripts = metrics.counter("rtms.transcripts");
    }

    /** So that there is one before the first event, and a count of nothing. */
    void onStarting(@Observes ServiceStarting event) {}

    void onTranscript(@Observes @Priority(FIRST) TranscriptData data) {
        transcripts.increment();
        Utterance utterance = new Utterance(
                data.segmentId(),
                data.participant(),
                data.text(),
                data.language(),
                data.attribute() == TranscriptAttribute.DELETE,
                data.startMs(),
                data.endMs(),
                data.timestamp());
        logs.append(data.stream().streamId(), utterance);
    }

    void onSpeaker(@Observes @Priority(FIRST) ActiveSpeakerChanged event) {
        logs.append(event.stream().streamId(), new SpeakerChange(event.speaker(), event.timestamp()));
    }

    void onJoined(@Observes @Priority(FIRST) ParticipantsJoined event) {
        Attendance joined = new Attendance(Attendance.Action.JOINED, event.participants(), event.timestamp());
        logs.append(event.stream().streamId(), joined);
    }

    void onLeft(@Observes @Priority(FIRST) ParticipantsLeft event) {
        Attendance left = new Attendance(Attendance.Action.LEFT, event.participants(), event.timestamp());
        logs.append(event.stream().streamId(), left);
    }

    void onVideo(@Observes @Passive @Priority(FIRST) ParticipantVideoChanged event) {
        Attendance.Action action = event.on() ? Attendance.Action.VIDEO_ON : Attendance.Action.VIDEO_OFF;
        logs.append(event.stream().streamId(), new Attendance(action, event.participants(), event.timestamp()));
    }

    void onSharingStarted(@Observes @Passive @Priority(FIRST) SharingStarted event) {
        logs.append(event.stream().streamId(), new Sharing(true, event.participant(), event.timestamp()));
    }

    void onSharingStopped(@Observes @Passive @Priority(FIRST) SharingStopped event) {
        logs.append(event.stream().streamId(), new Sharing(false, event.participant(), event.timestamp()));
    }

    void onChat(@Observes @Passive @Priority(FIRST) ChatData message) {
        logs.append(message.stream().streamId(), new Chat(message));
    }

    void onState(@Observes @Priority(FIRST) StreamStateChanged event) {
        Status status = new Status(event.state(), event.cause(), event.timestamp());
        if (isRevoked(event.cause())) {
            logs.revoke(event.stream().streamId(), status);
        } else {
            logs.append(event.stream().streamId(), status);
        }
    }

    /** The end itself is recorded by the state that goes with it. */
    void onStreamLeft(@Observes @Priority(FIRST) StreamLeft event) {
        if (isRevoked(event.cause())) {
            Status status = new Status(StreamState.ENDED, event.cause(), event.timestamp());
            logs.revoke(event.stream().streamId(), status);
        }
    }

    /**
     * Consent may be revoked when the stream is long over, and when this process never had it: after a restart. What another app joined is
     * none of this one's business.
     */
    void onWebhook(@Observes @Priority(FIRST) WebhookReceived webhook) {
        if (!webhook.event().endsWith("rtms_stopped")
                || WebhookPayload.productOf(webhook.event()).isEmpty()) {
            return;
        }
        WebhookPayload payload = new WebhookPayload(webhook.payload());
        boolean isOurs = manager.stream(payload.streamId())
                .map(stream -> stream.isOf(webhook.app()))
                .orElse(true);
        if (isOurs && payload.stopReason() == StopReason.STREAM_REVOKED) {
            Cause revoked = Cause.of(StopReason.STREAM_REVOKED);
            logs.revoke(payload.streamId(), new Status(StreamState.ENDED, revoked, webhook.timestamp()));
        }
    }

    /** The name too: codes of statuses and of stop reasons overlap. */
    private static boolean isRevoked(Cause cause) {
        StopReason revoked = StopReason.STREAM_REVOKED;
        return cause.code() == revoked.number() && cause.name().equals(revoked.name());
    }
}
