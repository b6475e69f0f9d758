package com.example.keywords;

import io.rtms.event.AudioData;
import io.rtms.event.StreamRef;
import io.rtms.event.TranscriptAttribute;
import io.rtms.event.TranscriptData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Counts keywords in what is said, and the sound that comes with it, for each of the last streams. */
@ApplicationScoped
public class Keywords {
    private static final int MOST_STREAMS = 1000;

    private final Set<String> words;
    private final SequencedMap<String, StreamCount> byStream = new LinkedHashMap<>();

    Keywords(@ConfigProperty(name = "keywords.words") Set<String> words) {
        this.words = words;
    }

    /** Line after line, on the stream's own virtual thread: what takes its time here delays this meeting and no other. */
    void onLine(@Observes TranscriptData line) {
        StreamCount count = of(line.stream());
        if (line.attribute() == TranscriptAttribute.DELETE) {
            count.forget(line.segmentId());
        } else { // an UPDATE has the segment id of the line that it corrects
            count.count(line.segmentId(), line.text());
        }
    }

    /** On threads of their own, several frames at once and in no order, which is all the same to a sum. That this is here has Zoom asked for audio. */
    void onAudio(@ObservesAsync AudioData frame) {
        of(frame.stream()).hear(frame.size());
    }

    /** All counts, in the order in which the streams came. */
    public List<StreamCount.View> all() {
        synchronized (byStream) {
            return byStream.values().stream().map(StreamCount::view).toList();
        }
    }

    private StreamCount of(StreamRef stream) {
        synchronized (byStream) {
            if (byStream.size() >= MOST_STREAMS && !byStream.containsKey(stream.streamId())) {
                byStream.pollFirstEntry();
            }
            return byStream.computeIfAbsent(stream.streamId(), id -> new StreamCount(stream, words));
        }
    }
}
