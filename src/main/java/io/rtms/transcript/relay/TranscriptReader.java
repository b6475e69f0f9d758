package io.rtms.transcript.relay;

import io.rtms.access.Grant;
import io.rtms.access.Refusal;
import io.rtms.transcript.TranscriptLogs;
import io.rtms.transcript.log.TranscriptLog;
import io.rtms.transcript.relay.ClientMessage.Ping;
import io.rtms.transcript.relay.ClientMessage.Subscribe;
import io.rtms.transcript.relay.ClientMessage.Unsubscribe;
import io.rtms.transcript.relay.MessageSink.SinkClosed;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One client of the relay, whatever it is connected by. {@link #run} is its one thread: it takes work from the mailbox (a cursor that is due,
 * a message from the client, a stream that began), sends, waits until the socket has taken it, and sleeps when there is nothing to do. The
 * mailbox stays small: each cursor is in it at most once, and a client that talks faster than it listens is cut off.
 */
final class TranscriptReader implements Runnable {
    /** Messages in flight to one client before its socket has to take them. */
    private static final int BATCH = 32;

    /** Messages of a client that may wait. */
    private static final int MAX_WAITING_MESSAGES = 32;

    private static final int MISSED_PINGS = 3;

    private final String id;
    private final TranscriptLogs logs;
    private final RelayConfig config;
    private final MessageSink sink;
    private final Progress progress;
    private final BlockingQueue<Work> mailbox = new LinkedBlockingQueue<>();
    private final AtomicInteger waitingMessages = new AtomicInteger();
    private final Map<String, Cursor> cursors = new ConcurrentHashMap<>();
    private final Consumer<TranscriptLog> watcher = log -> mailbox.add(new Begun(log));
    private final Consumer<Cursor> whenDue = cursor -> mailbox.add(new Due(cursor));

    private Grant grant = Grant.EVERYTHING;
    private Runnable whenRefused = () -> {};
    private final AtomicInteger unansweredPings = new AtomicInteger();
    private Optional<Subscribe> all = Optional.empty();
    private long sentAt = System.nanoTime();
    private long subscribedAt = sentAt;
    private boolean open = true;
    /** The alarm that is to come next; null where none is. */
    private Alarm alarm;

    TranscriptReader(String id, TranscriptLogs logs, RelayConfig config, MessageSink sink, Progress progress) {
        this.id = id;
        this.logs = logs;
        this.config = config;
        this.sink = sink;
        this.progress = progress;
    }

    /** Something for the reader's thread to do. */
    private sealed interface Work {}

    private record Due(Cursor cursor) implements Work {}

    private record Begun(TranscriptLog log) implements Work {}

    private record Text(String text) implements Work {}

    private record Message(ClientMessage message) implements Work {}

    private record Rejected(String reason) implements Work {}

    private record Stop() implements Work {}

    /** It may have been quiet for long. */
    private record Alarm(long at) implements Work {}

    /** Takes a client's message as it came. Any thread; never blocks. */
    void receive(String text) {
        heard();
        if (waitingMessages.incrementAndGet() > MAX_WAITING_MESSAGES) {
            close(CloseCode.BAD_MESSAGE, "messages come faster than they can be answered");
        } else {
            mailbox.add(new Text(text));
        }
    }

    /** Takes a subscription that stood in the URL. Before {@link #run}. */
    void subscribe(Subscribe subscribe) {
        mailbox.add(new Message(subscribe));
    }

    /**
     * Limits what this client may read. Before {@link #run}.
     *
     * @param refused told when it asks for something else
     */
    void limitTo(Grant limits, Runnable refused) {
        grant = limits;
        whenRefused = refused;
    }

    /** The URL made no sense: says so and ends. Before {@link #run}. */
    void reject(String reason) {
        mailbox.add(new Rejected(reason));
    }

    /** The client showed a sign of life. Any thread. */
    void heard() {
        unansweredPings.set(0);
    }

    /**
     * Closes the connection and ends the reader. Any thread.
     *
     * @return done when the socket has taken the farewell
     */
    CompletableFuture<?> close(CloseCode code, String reason) {
        CompletableFuture<?> closed = sink.close(code, reason);
        stop();
        return closed;
    }

    /** The connection is gone: ends the reader. Any thread. */
    void stop() {
        mailbox.add(new Stop());
    }

    /** How many entries this client is behind in the stream where it is furthest behind. Any thread. */
    long lag() {
        return cursors.values().stream().mapToLong(Cursor::lag).max().orElse(0);
    }

    @Override
    public void run() {
        try {
            send(ServerMessages.hello(id, config.node(), config.heartbeat()));
            setAlarm();
            while (open) {
                handle(mailbox.take());
                setAlarm();
            }
        } catch (SinkClosed e) {
            sink.close(CloseCode.TIMEOUT, e.getMessage());
        } catch (InterruptedException e) {
            sink.close(CloseCode.RESTART, "the service stops");
        } catch (UncheckedIOException e) {
            sink.close(CloseCode.RESTART, "the transcript cannot be read now");
        } finally {
            logs.unwatch(watcher);
            cursors.values().forEach(Cursor::close);
            cursors.clear();
        }
    }

    private void handle(Work work) throws SinkClosed, InterruptedException {
        switch (work) {
            case Due due -> advance(due.cursor());
            case Begun begun -> follow(begun.log());
            case Message message -> handle(message.message());
            case Text text -> {
                waitingMessages.decrementAndGet();
                handle(text.text());
            }
            case Rejected rejected -> reject(rejected);
            case Stop stop -> open = false;
            case Alarm alarm -> onAlarm(alarm);
        }
    }

    private void handle(String text) throws SinkClosed, InterruptedException {
        try {
            handle(ClientMessages.parse(text));
        } catch (BadMessage e) {
            if (e.isFatal()) {
                reject(new Rejected(e.getMessage()));
            } else {
                send(ServerMessages.error(CloseCode.BAD_MESSAGE, e.getMessage()));
            }
        }
    }

    private void reject(Rejected rejected) throws SinkClosed, InterruptedException {
        send(ServerMessages.error(CloseCode.BAD_MESSAGE, rejected.reason()));
        end(CloseCode.BAD_MESSAGE, rejected.reason());
    }

    private void handle(ClientMessage message) throws SinkClosed, InterruptedException {
        switch (message) {
            case Subscribe subscribe -> subscribeWithinGrant(subscribe);
            case Unsubscribe unsubscribe -> unsubscribe(unsubscribe.streamId());
            case Ping ping -> send(ServerMessages.pong());
        }
    }

    private void subscribeWithinGrant(Subscribe asked) throws SinkClosed, InterruptedException {
        Optional<Subscribe> allowed = asked.within(grant);
        if (allowed.isEmpty()) {
            whenRefused.run();
            String reason = Refusal.FOREIGN_STREAM.text();
            send(ServerMessages.error(CloseCode.NOT_ALLOWED, reason));
            end(CloseCode.NOT_ALLOWED, reason);
        } else if (asked.isForAll()) {
            subscribeToAll(allowed.get());
        } else {
            subscribeToOne(allowed.get());
        }
    }

    private void subscribeToOne(Subscribe subscribe) throws SinkClosed, InterruptedException {
        Optional<TranscriptLog> log = logs.find(subscribe.streamId());
        if (log.isPresent()) {
            drop(subscribe.streamId());
            open(new Cursor(log.get(), subscribe, false, whenDue));
            return;
        }
        send(ServerMessages.error(CloseCode.UNKNOWN_STREAM, "no stream " + subscribe.streamId()));
        if (isIdle()) {
            end(CloseCode.UNKNOWN_STREAM, "unknown stream");
        }
    }

    /** Streams with a subscription of their own keep it: so a client that comes back takes up each with its own number, then the rest. */
    private void subscribeToAll(Subscribe subscribe) throws SinkClosed, InterruptedException {
        dropAll(Cursor::isOfAll);
        all = Optional.of(subscribe);
        logs.watch(watcher);
        for (TranscriptLog log : logs.all()) {
            if (!cursors.containsKey(log.streamId())) {
                open(new Cursor(log, subscribe, true, whenDue));
            }
        }
    }

    /** A stream began; it is sent from its beginning. The watcher may tell of one that was found already. */
    private void follow(TranscriptLog log) throws SinkClosed, InterruptedException {
        Cursor known = cursors.get(log.streamId());
        if (all.isPresent() && (known == null || known.isOfAll() && known.isOfAnother(log))) {
            drop(log.streamId());
            Subscribe fromBeginning = new Subscribe(
                    log.streamId(), ClientMessage.Start.BEGINNING, all.get().kinds());
            open(new Cursor(log, fromBeginning, true, whenDue));
        }
    }

    private void unsubscribe(String streamId) throws SinkClosed, InterruptedException {
        boolean known;
        if (streamId.equals(ClientMessage.ALL_STREAMS)) {
            known = all.isPresent();
            all = Optional.empty();
            logs.unwatch(watcher);
            dropAll(Cursor::isOfAll);
        } else {
            known = drop(streamId);
        }
        if (!known) {
            send(ServerMessages.error(CloseCode.UNKNOWN_STREAM, "not subscribed to " + streamId));
        }
    }

    private void open(Cursor cursor) throws SinkClosed, InterruptedException {
        cursors.put(cursor.streamId(), cursor);
        onSent(cursor.open(sink));
    }

    private boolean drop(String streamId) {
        Cursor cursor = cursors.remove(streamId);
        if (cursor != null) {
            cursor.close();
        }
        subscribedAt = System.nanoTime();
        return cursor != null;
    }

    private void dropAll(Predicate<Cursor> which) {
        cursors.values().stream().filter(which).map(Cursor::streamId).toList().forEach(this::drop);
    }

    private void advance(Cursor cursor) throws SinkClosed, InterruptedException {
        if (cursors.get(cursor.streamId()) != cursor) {
            return;
        }
        boolean hadLine = cursor.hasSentLine();
        try {
            int count = cursor.advance(sink, BATCH);
            if (count > 0) {
                onSent(count);
            }
            if (!hadLine && cursor.hasSentLine()) {
                progress.firstLine(cursor.streamId());
            }
        } catch (UncheckedIOException e) {
            leaveOut(cursor, e);
        }
        if (cursor.isDone()) {
            drop(cursor.streamId());
        }
    }

    /** One transcript that cannot be read now keeps no other from being sent. */
    private void leaveOut(Cursor cursor, UncheckedIOException failure) throws SinkClosed, InterruptedException {
        if (all.isEmpty() && cursors.size() == 1) {
            throw failure;
        }
        drop(cursor.streamId());
        send(ServerMessages.error(
                CloseCode.RESTART, "the transcript of stream " + cursor.streamId() + " cannot be read now"));
    }

    private void send(String json) throws SinkClosed, InterruptedException {
        sink.send(json, MessageSink.NO_SEQ);
        onSent(1);
    }

    private void onSent(int count) throws SinkClosed, InterruptedException {
        sink.flush();
        progress.sent(count);
        sentAt = System.nanoTime();
    }

    private void end(CloseCode code, String reason) {
        sink.close(code, reason);
        open = false;
    }

    private boolean isIdle() {
        return cursors.isEmpty() && all.isEmpty();
    }

    /** When it has been quiet for long, unless something is sent until then. */
    private long quietAt() {
        long at = sentAt + config.heartbeat().toNanos();
        long unsubscribed = subscribedAt + config.subscribeTimeout().toNanos();
        return isIdle() && unsubscribed - at < 0 ? unsubscribed : at;
    }

    /** One timer is enough for many messages: to wait with a limit for each of them would cost more than they do. */
    private void setAlarm() {
        long at = quietAt();
        if (open && (alarm == null || at - alarm.at() < 0)) {
            Alarm next = new Alarm(at);
            alarm = next;
            long pause = Math.max(0, at - System.nanoTime());
            CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> mailbox.add(next));
        }
    }

    private void onAlarm(Alarm rung) throws SinkClosed, InterruptedException {
        if (rung == alarm) {
            alarm = null;
            if (quietAt() - System.nanoTime() <= 0) {
                onQuiet();
            }
        }
    }

    private void onQuiet() throws SinkClosed, InterruptedException {
        long now = System.nanoTime();
        if (isIdle() && now - subscribedAt >= config.subscribeTimeout().toNanos()) {
            end(CloseCode.TIMEOUT, "no subscription");
        } else if (now - sentAt >= config.heartbeat().toNanos()) {
            ping();
        }
    }

    /** What is sent meanwhile asks for no answer, so that silence counts from the first ping on. */
    private void ping() throws SinkClosed, InterruptedException {
        if (sink.answersPings() && unansweredPings.getAndIncrement() >= MISSED_PINGS) {
            end(CloseCode.TIMEOUT, "no answer to pings");
        } else {
            sink.ping();
            send(ServerMessages.pong());
        }
    }
}
