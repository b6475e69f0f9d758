package io.rtms.simulator.rest;

import io.rtms.media.MediaType;
import io.rtms.simulator.Ledger;
import io.rtms.simulator.SimulatedMeeting;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A simulated meeting as the API shows it.
 *
 * @param streamId its {@code rtms_stream_id}
 * @param product meeting, webinar, video_sdk, contact_center or phone
 * @param id the meeting's, webinar's, session's, engagement's or call's id
 * @param script what is played
 * @param speed meeting seconds in a second
 * @param state inactive, active, interrupted, terminating or terminated
 * @param serverUrl what webhooks name as {@code server_urls}
 * @param connected media that flow
 * @param attempts how the client came
 * @param transcripts what was said
 * @param audio what was heard
 * @param eventsLost events that happened while there was no signaling connection
 * @param webhooks posts of webhooks about it
 */
public record MeetingView(
        String streamId,
        String product,
        String id,
        String script,
        double speed,
        String state,
        String serverUrl,
        List<String> connected,
        Attempts attempts,
        Transcripts transcripts,
        Ledger.AudioTally audio,
        long eventsLost,
        int webhooks) {
    /**
     * Attempts to connect, the last thousand.
     *
     * @param signaling for signaling
     * @param media for media
     * @param accepted those that were answered with status 0
     */
    public record Attempts(long signaling, long media, long accepted) {
        static Attempts of(List<Ledger.Attempt> attempts) {
            long signaling =
                    attempts.stream().filter(Ledger.Attempt::isSignaling).count();
            long accepted = attempts.stream().filter(one -> one.status() == 0).count();
            return new Attempts(signaling, attempts.size() - signaling, accepted);
        }
    }

    /**
     * Transcripts in numbers.
     *
     * @param said what was said so far
     * @param sent those that were sent, each once
     * @param sentAgain those that were sent more than once
     * @param lost those that were not sent, nor will be
     */
    public record Transcripts(int said, long sent, long sentAgain, long lost) {
        static Transcripts of(List<Ledger.Utterance> all) {
            return new Transcripts(
                    all.size(),
                    all.stream().filter(one -> one.copies() > 0).count(),
                    all.stream().filter(one -> one.copies() > 1).count(),
                    all.stream().filter(Ledger.Utterance::lost).count());
        }
    }

    static MeetingView of(SimulatedMeeting meeting) {
        Ledger ledger = meeting.ledger();
        return new MeetingView(
                meeting.streamId(),
                meeting.options().product().name().toLowerCase(Locale.ROOT),
                meeting.meetingUuid(),
                meeting.script().name(),
                meeting.options().speed(),
                meeting.state(),
                meeting.signalingUrl(),
                Arrays.stream(MediaType.values())
                        .filter(meeting::isConnected)
                        .map(MediaType::label)
                        .toList(),
                Attempts.of(ledger.attempts()),
                Transcripts.of(ledger.transcripts()),
                ledger.audio(),
                meeting.eventsLost(),
                ledger.webhooks().size());
    }
}
