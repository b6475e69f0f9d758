package io.rtms.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.Product;
import io.rtms.event.StopReason;
import io.rtms.simulator.fault.Fault;
import io.rtms.simulator.fault.Notice;
import io.rtms.simulator.fault.WebhookKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells of one stream with webhooks (rtms-protocol section 1.2), and has accidents with them where that is asked for. For all threads;
 * {@link #started} and {@link #stopped} wait until the webhook is accepted or given up, the others do not wait.
 */
final class Announcer {
    private static final int KEPT = 1000;

    /** A webhook as it is posted. */
    private record Letter(WebhookKind kind, String event, long eventTs, Optional<String> serverUrls, byte[] body) {}

    private interface Errand {
        void run() throws InterruptedException;
    }

    private final Webhooks webhooks;
    private final StreamIdentity stream;
    private final boolean active;
    private final Residence residence;
    private final Consumer<StopReason> stop;
    private final Map<WebhookKind, Letter> last = new EnumMap<>(WebhookKind.class);
    private final Map<WebhookKind, Fault.WebhookTrouble> expected = new EnumMap<>(WebhookKind.class);
    private final List<Ledger.SentWebhook> sent = new ArrayList<>();
    private Letter late;

    /**
     * @param active whether webhooks are sent at all
     * @param stop ends the stream
     */
    Announcer(
            Webhooks webhooks, StreamIdentity stream, boolean active, Residence residence, Consumer<StopReason> stop) {
        this.webhooks = webhooks;
        this.stream = stream;
        this.active = active;
        this.residence = residence;
        this.stop = stop;
    }

    /** The next webhook of this kind will have an accident. */
    synchronized void expect(Fault.WebhookTrouble trouble) {
        expected.put(trouble.which(), trouble);
    }

    /** What was posted, in the order of the answers. */
    synchronized List<Ledger.SentWebhook> sent() {
        return List.copyOf(sent);
    }

    /** Announces the stream, after the endpoint's validation. */
    void started() throws InterruptedException {
        if (active) {
            webhooks.validateOnce();
            send(startedLetter());
        }
    }

    /** Announces it again after a delay, on the servers where it is served now. */
    void startedAgain(Duration delay) {
        later(delay, () -> send(startedLetter()));
    }

    /** Says that its signaling is lost, now, whenever the word arrives. */
    void interrupted(Notice notice) {
        long now = System.currentTimeMillis();
        if (notice.sent()) {
            later(notice.delay(), () -> send(letter(WebhookKind.INTERRUPTED, names(), notice.withUrls(), now)));
        }
    }

    /** Says that it is over. */
    void stopped(StopReason reason) throws InterruptedException {
        if (active) {
            send(letter(WebhookKind.STOPPED, names().put("stop_reason", reason.number()), false));
            Letter waiting = takeLate();
            if (waiting != null) {
                post(waiting);
            }
        }
    }

    /** Sends the last webhook of a kind again, several times at once; false where there was none. */
    boolean repeat(WebhookKind kind, int copies) {
        Letter letter = last(kind);
        if (letter == null) {
            return false;
        }
        postAtOnce(letter, copies);
        return true;
    }

    private Letter startedLetter() {
        return letter(WebhookKind.STARTED, names().put("operator_id", stream.operatorId()), true);
    }

    private Letter letter(WebhookKind kind, ObjectNode payload, boolean withUrls) {
        return letter(kind, payload, withUrls, System.currentTimeMillis());
    }

    private Letter letter(WebhookKind kind, ObjectNode payload, boolean withUrls, long timestamp) {
        Optional<String> urls = withUrls ? Optional.of(residence.signalingUrl()) : Optional.empty();
        urls.ifPresent(url -> payload.put("server_urls", url));
        String voice = stream.product() == Product.CONTACT_CENTER ? "voice_" : "";
        String event = stream.product().eventPrefix() + "." + voice + "rtms_" + kind.label();
        return new Letter(kind, event, timestamp, urls, webhooks.body(event, timestamp, payload));
    }

    private ObjectNode names() {
        ObjectNode payload = Messages.object().put(stream.idKey(), stream.id());
        if (stream.product() == Product.VIDEO_SDK) {
            payload.put("session_key", "simulated");
        }
        return payload.put("rtms_stream_id", stream.streamId());
    }

    private void send(Letter letter) throws InterruptedException {
        Fault.WebhookTrouble trouble = keep(letter);
        if (trouble == null) {
            post(letter);
            return;
        }
        switch (trouble.how()) {
            case TWICE -> {
                postAtOnce(letter, trouble.copies());
                post(letter);
            }
            case AGAIN -> {
                post(letter);
                for (int i = 1; i <= trouble.copies(); i++) {
                    later(trouble.delay().multipliedBy(i), () -> post(letter));
                }
            }
            case SLOW -> {
                Thread.sleep(trouble.delay());
                post(letter);
            }
            case LOST -> {
                // It is as if it had been sent, and nobody got it.
            }
            case AFTER_STOPPED -> {
                keepLate(letter);
                // The webhook that comes first has the later time stamp.
                Thread.sleep(trouble.delay().plusMillis(5));
                stop.accept(StopReason.MEETING_ENDED);
            }
        }
    }

    private synchronized Fault.WebhookTrouble keep(Letter letter) {
        last.put(letter.kind(), letter);
        return expected.remove(letter.kind());
    }

    private synchronized Letter last(WebhookKind kind) {
        return last.get(kind);
    }

    private synchronized void keepLate(Letter letter) {
        late = letter;
    }

    private synchronized Letter takeLate() {
        Letter taken = late;
        late = null;
        return taken;
    }

    private void post(Letter letter) throws InterruptedException {
        webhooks.deliver(letter.event(), letter.body(), answer -> note(letter, answer));
    }

    private void postAtOnce(Letter letter, int copies) {
        for (int i = 0; i < copies; i++) {
            later(Duration.ZERO, () -> post(letter));
        }
    }

    private synchronized void note(Letter letter, int answer) {
        if (sent.size() == KEPT) {
            sent.removeFirst();
        }
        sent.add(new Ledger.SentWebhook(
                letter.event(), letter.eventTs(), System.currentTimeMillis(), letter.serverUrls(), answer));
    }

    private void later(Duration delay, Errand errand) {
        if (!active) {
            return;
        }
        Thread.ofVirtual().name("simulator-webhook").start(() -> {
            try {
                Thread.sleep(delay);
                errand.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
