package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rtms.event.AudioData;
import io.rtms.event.Metadata;
import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final StreamRef STREAM = new StreamRef("s", Product.MEETING, "m");

    private final List<Boolean> valve = new ArrayList<>();

    @Test
    void stopsTheSocketsAboveItsLimitAndResumesAtHalf() throws InterruptedException {
        Mailbox mailbox = new Mailbox(10, 1_000_000, valve::add);
        for (int i = 0; i < 20; i++) {
            mailbox.put(frame(i, 1));
        }
        assertEquals(List.of(true), valve);
        for (int i = 0; i < 14; i++) {
            assertEquals(i, mailbox.take().timestamp());
        }
        assertEquals(List.of(true), valve);
        mailbox.take();
        assertEquals(List.of(true, false), valve);
        assertEquals(5, mailbox.size());
    }

    @Test
    void countsBytesToo() throws InterruptedException {
        Mailbox mailbox = new Mailbox(1000, 10_000, valve::add);
        mailbox.put(frame(0, 6000));
        assertEquals(List.of(), valve);
        mailbox.put(frame(1, 6000));
        assertEquals(List.of(true), valve);
        mailbox.take();
        mailbox.take();
        assertEquals(List.of(true, false), valve);
    }

    @Test
    void neverStaysShutWhenReaderAndWriterRace() throws Exception {
        AtomicBoolean shut = new AtomicBoolean();
        AtomicInteger changes = new AtomicInteger();
        Mailbox mailbox = new Mailbox(4, 1_000_000, paused -> {
            shut.set(paused);
            changes.incrementAndGet();
        });
        int count = 200_000;
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> takeInOrder(mailbox, count));
        for (int i = 0; i < count; i++) {
            mailbox.put(frame(i, 1));
        }
        reader.get(30, TimeUnit.SECONDS);
        assertEquals(0, mailbox.size());
        assertEquals(false, shut.get(), () -> "shut after " + changes + " changes");
    }

    private static void takeInOrder(Mailbox mailbox, int count) {
        try {
            for (int i = 0; i < count; i++) {
                assertEquals(i, mailbox.take().timestamp());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AudioData frame(int number, int bytes) {
        return new AudioData(STREAM, Metadata.NONE, new byte[bytes], number, 0);
    }
}
