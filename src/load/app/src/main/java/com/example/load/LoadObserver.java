package com.example.load;

import io.rtms.event.AudioData;
import io.rtms.event.TranscriptData;
import io.rtms.event.VideoData;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Observes media as an extension does, and measures how old they are: the gateway of the load command writes into each when it was due and when
 * it was written (native/load/frame_template.h).
 */
@Singleton
public class LoadObserver {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int DUE_AT = 4;
    private static final int SENT_AT = 29;
    private static final int DIGITS = 19;

    private final Map<String, Ages> kinds = Map.of("audio", new Ages(), "video", new Ages(), "transcript", new Ages());
    private final Ages audio = kinds.get("audio");
    private final Ages video = kinds.get("video");
    private final Ages transcripts = kinds.get("transcript");

    void onAudio(@Observes AudioData frame) {
        seen(audio, frame.data());
    }

    void onVideo(@Observes VideoData frame) {
        seen(video, frame.data());
    }

    void onTranscript(@Observes TranscriptData line) {
        String text = line.text();
        if (text.startsWith("due ")) {
            transcripts.seen(
                    Long.parseLong(text, DUE_AT, DUE_AT + DIGITS, 10),
                    Long.parseLong(text, SENT_AT, SENT_AT + DIGITS, 10));
        }
    }

    /** By kind of media. */
    Map<String, Ages> kinds() {
        return kinds;
    }

    private static void seen(Ages ages, byte[] data) {
        ages.seen((long) LONG.get(data, 0), (long) LONG.get(data, Long.BYTES));
    }
}
