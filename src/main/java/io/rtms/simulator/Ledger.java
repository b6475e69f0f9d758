package io.rtms.simulator;

import io.rtms.media.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a meeting has sent, twice or not at all, and how its client came and was told: for whoever judges a client. Lists are copies of what is
 * known so far; the last thousand of attempts and webhooks are kept. For all threads.
 */
public final class Ledger {
    private final Transcripts transcripts;
    private final AudioPlayer audio;
    private final HandshakeLog handshakes;
    private final Announcer announcer;

    Ledger(Transcripts transcripts, AudioPlayer audio, HandshakeLog handshakes, Announcer announcer) {
        this.transcripts = transcripts;
        this.audio = audio;
        this.handshakes = handshakes;
        this.announcer = announcer;
    }

    /** What was said so far, in the order in which it was said, which is that in which it is sent. */
    public List<Utterance> transcripts() {
        return transcripts.utterances();
    }

    /** The texts of {@link #transcripts()} that were sent, each once. */
    public List<String> textsSent() {
        return transcripts().stream()
                .filter(one -> one.copies() > 0)
                .map(Utterance::text)
                .toList();
    }

    /** The texts that were never sent, nor will be. */
    public List<String> textsLost() {
        return transcripts().stream()
                .filter(Utterance::lost)
                .map(Utterance::text)
                .toList();
    }

    /** The texts that were sent more than once. */
    public List<String> textsSentAgain() {
        return transcripts().stream()
                .filter(one -> one.copies() > 1)
                .map(Utterance::text)
                .toList();
    }

    /** How much audio was sent, and was not. */
    public AudioTally audio() {
        return audio.tally();
    }

    /** Handshakes for signaling and media that were rightly signed, and upgrades that failed on the way to them. */
    public List<Attempt> attempts() {
        return handshakes.attempts();
    }

    /** The attempts for signaling. */
    public List<Attempt> signalingAttempts() {
        return attempts().stream().filter(Attempt::isSignaling).toList();
    }

    /** Webhooks about the stream, each post of them, in the order of their answers. */
    public List<SentWebhook> webhooks() {
        return announcer.sent();
    }

    /**
     * Something that was said.
     *
     * @param who name of who said it
     * @param text the words
     * @param startMs {@code start_time} of its message: milliseconds since the epoch
     * @param copies how often it was sent
     * @param lost whether it was not sent, nor will be
     */
    public record Utterance(String who, String text, long startMs, int copies, boolean lost) {}

    /**
     * Audio in numbers. Bytes are those of the payload.
     *
     * @param frames frames sent, each once
     * @param bytes their bytes
     * @param framesSentAgain frames sent a second time
     * @param bytesSentAgain their bytes
     * @param framesLost frames left out because the medium was away for longer than the buffer reaches
     */
    public record AudioTally(long frames, long bytes, long framesSentAgain, long bytesSentAgain, long framesLost) {}

    /**
     * A client's attempt to connect.
     *
     * @param atMs when it was answered or not, milliseconds since the epoch
     * @param isSignaling whether for signaling
     * @param media the media that were asked for; none of signaling, and of upgrades
     * @param url what was asked: scheme, host, port and path
     * @param status Zoom's status; HTTP's where the upgrade was refused, from 300 on; {@link #NO_ANSWER}
     */
    public record Attempt(long atMs, boolean isSignaling, Set<MediaType> media, String url, int status) {
        /** There was no answer: the connection was ended or became silent. */
        public static final int NO_ANSWER = -1;
    }

    /**
     * A webhook that was posted.
     *
     * @param event Zoom's name, such as {@code meeting.rtms_started}
     * @param eventTs its {@code event_ts}, milliseconds since the epoch
     * @param atMs when it was answered, milliseconds since the epoch
     * @param serverUrls what it named as {@code server_urls}
     * @param answer HTTP's status; 0 where there was no answer
     */
    public record SentWebhook(String event, long eventTs, long atMs, Optional<String> serverUrls, int answer) {}
}
