package com.example.recorder;

import io.rtms.event.AudioData;
import io.rtms.event.Participant;
import io.rtms.event.TranscriptAttribute;
import io.rtms.event.TranscriptData;
import io.rtms.event.VideoData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** The files of one stream, which all begin at the time of its first frame. After {@link #close()} nothing is written any more. For any thread. */
final class Recording implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Recording.class);

    private final Folders folders;
    private final String streamId;
    private final long beginMs;
    private final WavFormat format;
    private final boolean hasH264;
    private final Map<Long, WavFile> voices = new HashMap<>();
    private Path folder;
    private H264File video;
    private VttFile words;
    private boolean closed;

    /**
     * @param beginMs Zoom's time of the first frame
     * @param format null where audio is not recorded
     * @param hasH264 whether video is recorded
     */
    Recording(Folders folders, String streamId, long beginMs, WavFormat format, boolean hasH264) {
        this.folders = folders;
        this.streamId = streamId;
        this.beginMs = beginMs;
        this.format = format;
        this.hasH264 = hasH264;
    }

    synchronized void audio(AudioData frame) throws IOException {
        if (closed || format == null) {
            return;
        }
        Participant speaker = frame.participant();
        WavFile voice = voices.get(speaker.id());
        if (voice == null) {
            voice = new WavFile(file("%d-%s.wav".formatted(speaker.id(), Folders.readable(speaker.name()))), format);
            voices.put(speaker.id(), voice);
        }
        voice.write(frame.timestamp() - beginMs, frame.data());
    }

    synchronized void video(VideoData frame) throws IOException {
        if (closed || !hasH264) {
            return;
        }
        if (video == null) {
            video = new H264File(file("video.h264"));
        }
        video.write(frame.data());
    }

    synchronized void line(TranscriptData line) throws IOException {
        if (closed) {
            return;
        }
        if (words == null) {
            words = new VttFile(file("transcript.vtt"));
        }
        if (line.attribute() == TranscriptAttribute.DELETE) {
            words.withdraw(line.segmentId());
        } else {
            long start = line.startMs() > 0 ? line.startMs() : line.timestamp();
            words.write(
                    line.segmentId(),
                    Math.max(0, start - beginMs),
                    line.endMs() - beginMs,
                    line.participant().name(),
                    line.text());
        }
    }

    private Path file(String name) throws IOException {
        if (folder == null) {
            folder = folders.create(streamId);
        }
        return folder.resolve(name);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        voices.values().forEach(this::finish);
        finish(video);
        finish(words);
    }

    private void finish(AutoCloseable file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (Exception e) {
            LOG.errorf(e, "Stream %s: a file cannot be finished", streamId);
        }
    }
}
