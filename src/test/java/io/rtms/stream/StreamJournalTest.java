package io.rtms.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rtms.event.Product;
import io.rtms.event.StreamRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamJournalTest {
    @TempDir
    Path folder;

    private StreamJournal journal;

    @BeforeEach
    void open() {
        journal = new StreamJournal(Optional.of(folder.resolve("streams")));
    }

    @Test
    void whatIsWrittenIsReadByTheNext() {
        List<JoinRequest> requests = Arrays.stream(Product.values())
                .map(product -> request("stream/../" + product, product))
                .toList();
        requests.forEach(request -> assertTrue(journal.record(request)));
        assertEquals(requests.size(), pending().size());
        List<JoinRequest> again = requests.stream()
                .map(request -> request.toBuilder().rejoin(true).build())
                .toList();
        assertTrue(pending().containsAll(again), () -> pending().toString());
    }

    @Test
    void oneStreamIsThereOnceWithItsNewestServersUntilItIsForgotten() {
        journal.record(request("s", Product.MEETING));
        journal.record(request("s", Product.MEETING));
        journal.moved("s", List.of("wss://b.zoom.us"));
        journal.moved("unknown", List.of("wss://b.zoom.us"));
        assertEquals(1, pending().size());
        assertEquals(List.of("wss://b.zoom.us"), pending().getFirst().serverUrls());
        journal.forget("s");
        journal.forget("s");
        assertEquals(List.of(), pending());
    }

    @Test
    void secretsAreNotWritten() throws IOException {
        assertFalse(journal.record(request("s", Product.MEETING).toBuilder()
                .credentials("id", "hush")
                .build()));
        assertFalse(journal.record(
                request("s", Product.MEETING).toBuilder().signature("hush").build()));
        assertFalse(Files.exists(folder.resolve("streams")));
    }

    @Test
    void whatIsNoStreamIsThrownAwayAndHarmsNoOther() throws IOException {
        journal.record(request("good", Product.MEETING));
        Path streams = folder.resolve("streams");
        Files.writeString(streams.resolve("a.json"), "{\"rtms_stream_id\":");
        Files.writeString(streams.resolve("b.json"), "[]");
        Files.writeString(streams.resolve("c.json"), "{\"rtms_stream_id\": \"x\", \"meeting_uuid\": 7}");
        Files.write(streams.resolve("d.json"), new byte[100_000]);
        Files.writeString(streams.resolve("half.json.new"), "{");
        assertEquals(
                List.of("good"),
                pending().stream().map(r -> r.stream().streamId()).toList());
        try (Stream<Path> files = Files.list(streams)) {
            assertEquals(2, files.count(), "the good one and the half-written one");
        }
    }

    @Test
    void aFolderThatCannotBeWrittenCostsNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        StreamJournal broken = new StreamJournal(Optional.of(file));
        assertFalse(broken.record(request("s", Product.MEETING)));
        broken.forget("s");
        assertEquals(List.of(), broken.pending());
    }

    @Test
    void withoutAFolderNothingIsWritten() {
        StreamJournal none = new StreamJournal(Optional.empty());
        assertFalse(none.record(request("s", Product.MEETING)));
        none.moved("s", List.of("wss://b.zoom.us"));
        none.forget("s");
        assertEquals(List.of(), none.pending());
    }

    private List<JoinRequest> pending() {
        return new StreamJournal(Optional.of(folder.resolve("streams"))).pending();
    }

    private static JoinRequest request(String streamId, Product product) {
        return JoinRequest.builder().stream(new StreamRef(streamId, product, "id+/==" + product))
                .serverUrls(List.of("wss://a.zoom.us:443", "wss://b.zoom.us"))
                .app("sales")
                .bufferData(false)
                .build();
    }
}
