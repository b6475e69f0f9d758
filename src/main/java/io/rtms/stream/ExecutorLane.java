package io.rtms.stream;

import io.rtms.event.RtmsEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Runs the callback on an executor of the programmer's: one event after the other, whatever number of threads that has. What waits is bounded:
 * when the queue is full the stream's thread waits, and with it, in the end, Zoom.
 */
final class ExecutorLane extends Lane {
    /** Events after which the executor's other tasks get their turn. */
    private static final int BATCH = 64;

    private final Executor executor;
    private final Consumer<RtmsEvent> callback;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Queue<RtmsEvent> waiting = new ArrayDeque<>();
    private boolean draining;
    private boolean last;
    private boolean rejected;

    /** @param capacity events that may wait */
    ExecutorLane(
            Class<? extends RtmsEvent> type,
            Executor executor,
            int capacity,
            Consumer<RtmsEvent> callback,
            Failures failures) {
        super(type, failures);
        this.executor = executor;
        this.capacity = capacity;
        this.callback = callback;
    }

    @Override
    void accept(RtmsEvent event) throws InterruptedException {
        boolean begins;
        lock.lockInterruptibly();
        try {
            while (waiting.size() >= capacity && !isClosed() && !rejected) {
                room.await();
            }
            if (rejected || !mayBegin(event)) {
                return;
            }
            waiting.add(event);
            begins = beginDraining();
        } finally {
            lock.unlock();
        }
        if (begins) {
            submit();
        }
    }

    @Override
    void acceptEnd() {
        boolean begins;
        lock.lock();
        try {
            last = true;
            begins = beginDraining();
        } finally {
            lock.unlock();
        }
        if (begins) {
            submit();
        }
    }

    @Override
    void wake() {
        lock.lock();
        try {
            waiting.removeIf(event -> !mayBegin(event));
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Notes that somebody drains, under the lock; whether that has to be submitted, by the caller, who was the first. */
    private boolean beginDraining() {
        boolean begins = !draining;
        draining = true;
        return begins;
    }

    private void submit() {
        try {
            executor.execute(this::drain);
        } catch (Throwable e) { // also where it cannot start a thread
            reject(e);
        }
    }

    /** The executor takes nothing any more: what waits and what follows is lost, which is said once. */
    private void reject(Throwable failure) {
        RtmsEvent first;
        boolean over;
        lock.lock();
        try {
            first = rejected ? null : waiting.peek();
            rejected = true;
            waiting.clear();
            draining = false;
            over = last;
            room.signalAll();
        } finally {
            lock.unlock();
        }
        if (first != null) {
            failed(first, failure);
        }
        if (over) {
            end();
        }
    }

    private void drain() {
        for (int i = 0; i < BATCH; i++) {
            RtmsEvent event = next();
            if (event == null) {
                return;
            }
            run(event, () -> callback.accept(event));
        }
        submit();
    }

    /** The next event; null, and the draining over, where none waits. */
    private RtmsEvent next() {
        lock.lock();
        try {
            RtmsEvent event = waiting.poll();
            room.signal();
            if (event == null) {
                draining = false;
                if (last) {
                    end();
                }
            }
            return event;
        } finally {
            lock.unlock();
        }
    }
}
