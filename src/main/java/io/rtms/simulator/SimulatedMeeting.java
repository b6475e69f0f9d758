package io.rtms.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Participant;
import io.rtms.event.SessionState;
import io.rtms.event.StopReason;
import io.rtms.media.MediaType;
import io.rtms.simulator.fault.ArmedFault;
import io.rtms.simulator.fault.Ending;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Moment;
import io.rtms.simulator.fault.Notice;
import io.rtms.simulator.fault.Refusal;
import io.rtms.simulator.picture.PictureSource;
import io.rtms.simulator.script.ChatMessage;
import io.rtms.simulator.script.Happening;
import io.rtms.simulator.script.MeetingScript;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A meeting that is being played, or was. Made by {@link Simulator#play}; for all threads. Tells what the client asked for and was given, and
 * makes things happen beside the script; people are named by their display names.
 */
public final class SimulatedMeeting {
    private final MeetingScript script;
    private final PlayOptions options;
    private final StreamIdentity identity;
    private final SimulatedStream stream;
    private final SentFrames sent = new SentFrames();
    private final Transcripts transcripts;
    private final Happenings happenings;
    private final Ledger ledger;
    private final AudioPlayer audio;
    private final PicturePlayer video;
    private final PicturePlayer deskshare;
    private final Performance performance;
    private volatile boolean last;

    /** @param server base URL of the servers on which it begins */
    SimulatedMeeting(Production production, String server, MeetingScript script, PlayOptions options) {
        this.script = script;
        this.options = options;
        this.identity = StreamIdentity.fresh(options);
        Room room = new Room(script);
        this.stream = new SimulatedStream(production, identity, options, room, server, new Owner());
        this.transcripts = new Transcripts(stream.gate(), options, sent);
        this.happenings = new Happenings(stream, transcripts, sent);
        Duration buffer = production.settings().audioBuffer();
        this.audio = new AudioPlayer(stream, script, options.sound(), buffer, sent);
        this.ledger = new Ledger(transcripts, audio, stream.handshakes(), stream.announcer());
        ScriptPlayer words = new ScriptPlayer(happenings, script, room.participants());
        Stages stages = new Stages(room, stream.videoSubscription());
        this.video = pictures(MediaType.VIDEO, options.video(), stages::video);
        this.deskshare = pictures(MediaType.DESKSHARE, options.share(), stages::deskshare);
        this.performance = new Performance(stream, script, words, List.of(audio, video, deskshare), this::summary);
    }

    private PicturePlayer pictures(MediaType medium, PictureSource source, PicturePlayer.Stage stage) {
        return new PicturePlayer(stream, medium, source, stage, script.durationMs(), sent);
    }

    // ---- what it is

    /** {@code rtms_stream_id} of the stream. */
    public String streamId() {
        return identity.streamId();
    }

    /** {@code rtms_session_id} of its session. */
    public String sessionId() {
        return identity.sessionId();
    }

    /** Id of the meeting, or of the webinar, session, engagement or call; holds {@code /}, {@code +} and {@code =}. */
    public String meetingUuid() {
        return identity.id();
    }

    /** What webhooks tell as {@code server_urls}; another after a fail-over. */
    public String signalingUrl() {
        return stream.residence().signalingUrl();
    }

    /** The state that Zoom would tell: inactive, active, interrupted, terminating or terminated. */
    public String state() {
        return stream.state().name().toLowerCase(Locale.ROOT);
    }

    /** What is played. */
    public MeetingScript script() {
        return script;
    }

    /** How it is played. */
    public PlayOptions options() {
        return options;
    }

    /** Those who are in the meeting now. */
    public List<Participant> participants() {
        return stream.room().present();
    }

    /** Somebody of the meeting. Throws {@link IllegalArgumentException} where nobody has this name. */
    public Participant participant(String name) {
        return stream.room().participants().named(name);
    }

    // ---- what the client asked for

    /** Rightly signed messages 1 that came, refused ones too. */
    public int signalingAttempts() {
        return stream.handshakes().signalingAttempts();
    }

    /** Signaling handshakes that were accepted: 1, and another for each time the client came back. */
    public int signalingHandshakes() {
        return stream.handshakes().signalingHandshakes();
    }

    /** Every rightly signed message 3 as it was received, refused ones too, in the order in which they came. */
    public List<ObjectNode> mediaHandshakes() {
        return stream.handshakes().requests();
    }

    /** The last message 3 that named this medium (or all media), as it was received. */
    public Optional<ObjectNode> mediaHandshake(MediaType medium) {
        return stream.handshakes().request(medium);
    }

    /** Media that any message 3 has named; all where it named 32. */
    public Set<MediaType> requestedMedia() {
        return stream.handshakes().requestedMedia();
    }

    /** Parameters of a medium as they are in force, as message 4 told; empty where it was never accepted. */
    public Optional<ObjectNode> parameters(MediaType medium) {
        return stream.handshakes().parameters(medium);
    }

    /** Numbers of the events that are subscribed to now; none while there is no signaling connection. */
    public Set<Integer> subscribedEvents() {
        return stream.subscriptions();
    }

    /** Whose video the client has chosen with message 28. */
    public Optional<Participant> subscribedVideo() {
        return stream.videoSubscription().current().map(VideoSubscription.Choice::who);
    }

    /** Whether a client has this medium connected and is ready for it. */
    public boolean isConnected(MediaType medium) {
        return stream.gate().find(medium).isPresent();
    }

    // ---- what was sent

    /** Everything that was sent, twice or not at all, and how the client came and was told. */
    public Ledger ledger() {
        return ledger;
    }

    /** Messages that were sent with this medium's payload. */
    public long framesSent(MediaType medium) {
        return sent.of(medium);
    }

    /** Cues whose transcript was sent. Together with {@link #transcriptsLost()} all that were said so far. */
    public long transcriptsSent() {
        return framesSent(MediaType.TRANSCRIPT);
    }

    /** Cues that were said while no client had the transcript connected. */
    public long transcriptsLost() {
        return transcripts.lost();
    }

    /** Events that happened while there was no signaling connection. */
    public long eventsLost() {
        return happenings.eventsLost();
    }

    /** Audio frames sent. */
    public long audioFramesSent() {
        return framesSent(MediaType.AUDIO);
    }

    /** Audio frames that were left out because the medium was away for longer than the buffer reaches. */
    public long audioFramesLost() {
        return audio.lost();
    }

    /** Video frames that were left out because the client was too slow for them. */
    public long videoFramesLost() {
        return video.lost();
    }

    /** Frames of desk share that were left out because the client was too slow for them. */
    public long deskshareFramesLost() {
        return deskshare.lost();
    }

    // ---- what happens beside the script

    /**
     * Makes something happen now; whether the client was there to be told. Throws {@link IllegalArgumentException} where it is about somebody
     * who is not known, and waits where the client is slow.
     */
    public boolean happen(Happening what) throws InterruptedException {
        return happenings.happen(what, performance.timestamp());
    }

    /** Sends an event with these fields, to subscribers only where Zoom's lists name it. */
    public boolean sendEvent(int number, ObjectNode fields) throws InterruptedException {
        return happen(new Happening.Event(number, fields));
    }

    /** Sends metadata of a medium (messages 23 to 27) where that medium flows. */
    public boolean sendMetadata(MediaType medium, ObjectNode content) throws InterruptedException {
        return happen(new Happening.Metadata(medium, content));
    }

    /** Somebody says something: the floor and a transcript; nothing is heard. */
    public boolean say(String who, String text) throws InterruptedException {
        return happen(new Happening.Said(who, text));
    }

    /** Sends a chat message, or what becomes of one. */
    public boolean chat(ChatMessage message) throws InterruptedException {
        return happen(message);
    }

    /** Somebody shares from now on. */
    public boolean startSharing(String who) throws InterruptedException {
        return happen(new Happening.SharingStarted(who));
    }

    /** Nobody shares any more. */
    public boolean stopSharing() throws InterruptedException {
        return happen(new Happening.SharingStopped());
    }

    /** Somebody turns their camera on or off. */
    public boolean turnVideo(String who, boolean on) throws InterruptedException {
        return happen(new Happening.VideoTurned(who, on));
    }

    /** Somebody comes, who may never have been there before. */
    public boolean join(String who) throws InterruptedException {
        return happen(new Happening.Joined(who));
    }

    /** Somebody goes. */
    public boolean leave(String who) throws InterruptedException {
        return happen(new Happening.Left(who));
    }

    /** The session is paused; its media go on. */
    public boolean pauseSession() throws InterruptedException {
        return happen(new Happening.SessionChanged(SessionState.PAUSED));
    }

    /** The session goes on. */
    public boolean resumeSession() throws InterruptedException {
        return happen(new Happening.SessionChanged(SessionState.RESUMED));
    }

    /** Sends any message over signaling, as it is; false where there is no connection. */
    public boolean sendSignaling(JsonNode message) {
        return stream.send(message);
    }

    // ---- how it ends

    /** Waits for the end, webhook included, and says why; empty where it does not come in time. */
    public Optional<StopReason> awaitEnd(Duration timeout) throws InterruptedException {
        try {
            return Optional.of(end().get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Ends the meeting, and its loop, as Zoom would for this reason; does nothing when it is over. Does not wait. */
    public void stop(StopReason reason) {
        last = true;
        performance.stop(reason);
    }

    // ---- what goes wrong

    /** Something goes wrong now; false where there is nothing that it is about. Does not wait. */
    public boolean apply(Fault fault) {
        return stream.breaker().apply(fault);
    }

    /** Something will go wrong when this moment comes, once. */
    public void arm(Moment moment, Fault fault) {
        arm(new ArmedFault(moment, fault));
    }

    /** Something will go wrong when its moment comes, so often as it says; false where that is now, and there is nothing that it is about. */
    public boolean arm(ArmedFault fault) {
        return stream.breaker().arm(fault);
    }

    /** Requests are refused from now on. */
    public void refuse(Refusal refusal) {
        apply(refusal);
    }

    /** The server loses the signaling connection, and with it the media. False where there is none. */
    public boolean dropSignaling() {
        return apply(new Fault.DropSignaling(dropped(), Notice.USUAL));
    }

    /** The server loses the connection of a medium. False where there is none. */
    public boolean dropMedia(MediaType medium) {
        return apply(new Fault.DropMedia(medium, dropped(), Fault.Told.IN_FULL));
    }

    private Ending dropped() {
        return stream.dialect().has(Deviation.DROPS_WITH_1000) ? Ending.CLOSE_1000 : Ending.CLOSE_1011;
    }

    /** Its servers reset every connection and know it no more. */
    void crash(StopReason reason) {
        stream.lines().dropAll(Ending.RESET);
        performance.stop(reason);
    }

    /** Whether no other meeting follows this one. */
    boolean isLast() {
        return last || !options.loop();
    }

    SimulatedStream stream() {
        return stream;
    }

    CompletableFuture<StopReason> end() {
        return performance.end();
    }

    void start() {
        options.faults().forEach(stream.breaker()::arm);
        performance.start();
    }

    /** Ends the meeting without a webhook: the process goes down. */
    void abandon() {
        performance.beSilent();
        stop(StopReason.EXIT_SIGNAL);
    }

    private String summary() {
        return "%d transcripts sent, %d lost; %d audio frames sent, %d lost; %d video, %d share, %d chat"
                .formatted(
                        transcriptsSent(),
                        transcriptsLost(),
                        audioFramesSent(),
                        audioFramesLost(),
                        framesSent(MediaType.VIDEO),
                        framesSent(MediaType.DESKSHARE),
                        framesSent(MediaType.CHAT));
    }

    private final class Owner implements SimulatedStream.Owner {
        @Override
        public void stop(StopReason reason) {
            performance.stop(reason);
        }

        @Override
        public void mediaFlow() {
            transcripts.catchUpSoon();
        }
    }
}
