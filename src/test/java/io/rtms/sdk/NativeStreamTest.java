package io.rtms.sdk;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a stream accepts and refuses, without a server on the other side. */
class NativeStreamTest {
    private final NativeLoop loop = NativeLoop.open("test", Abi.RING_MIN_BYTES, Engine.BUILTIN);
    private final NativeStream stream = loop.newStream();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void takesProxiesThatCanBeUsed() {
        assertDoesNotThrow(() -> stream.proxy("http://user:p%40ss@proxy.example:3128")
                .proxy("http://[::1]:1")
                .proxy(""));
        assertInvalid(() -> stream.proxy("proxy.example:3128"));
        assertInvalid(() -> stream.proxy("https://proxy.example:3128"));
        assertInvalid(() -> stream.proxy("http://user:100%@proxy.example:3128"));
    }

    @Test
    void takesAuthoritiesThatCanBeRead() throws IOException {
        assertDoesNotThrow(() ->
                stream.tls("", Optional.empty()).tls("", Optional.of(true)).tls("", Optional.of(false)));
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        assertInvalid(() -> stream.tls(file.toString(), Optional.of(true)));
        assertInvalid(() -> stream.tls(folder.resolve("missing.pem").toString(), Optional.empty()));
    }

    @Test
    void asksForStatesOnlyWhereItIsJoined() {
        assertFalse(stream.queryStreamState());
        assertFalse(stream.querySessionState("session"));
        assertInvalid(() -> stream.querySessionState(""));
        stream.destroy();
        assertFalse(stream.queryStreamState());
        assertFalse(stream.querySessionState("session"));
    }

    @Test
    void keepsWishesForTheNextJoin() {
        assertDoesNotThrow(() -> stream.subscribe(2)
                .unsubscribe(2)
                .unsubscribe(5)
                .subscribeVideo(16_778_240L, true)
                .subscribeVideo(Long.MAX_VALUE, false)
                .signature("f00")
                .bufferData(false));
        assertInvalid(() -> stream.unsubscribe(0));
        assertInvalid(() -> stream.subscribeVideo(0, true));
    }

    @Test
    void takesBoundsOfMessagesThatTheLibraryCanKeep() {
        assertDoesNotThrow(() -> stream.maxMessageBytes(1024).maxMessageBytes(16_777_216));
        assertInvalid(() -> stream.maxMessageBytes(1023));
        assertInvalid(() -> stream.maxMessageBytes(16_777_217));
    }

    @Test
    void renewsMediaOnlyWhereItIsJoined() {
        assertFalse(stream.renewMedia(Duration.ZERO));
        assertInvalid(() -> stream.renewMedia(Duration.ofMillis(-1)));
    }

    @Test
    void restsBeforeItIsJoinedAndAfterItsEnd() {
        for (Reading reading : Reading.values()) {
            assertDoesNotThrow(() -> stream.pause(reading));
        }
        stream.destroy();
        assertDoesNotThrow(() -> stream.pause(Reading.ALL));
    }

    private static void assertInvalid(Executable call) {
        assertEquals(
                NativeError.INVALID_ARGUMENT,
                assertThrows(NativeException.class, call).error());
    }
}
