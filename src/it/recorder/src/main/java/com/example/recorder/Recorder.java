package com.example.recorder;

import io.rtms.RtmsManager;
import io.rtms.event.AudioData;
import io.rtms.event.MediaData;
import io.rtms.event.StopReason;
import io.rtms.event.StreamLeft;
import io.rtms.event.TranscriptData;
import io.rtms.event.TranscriptDeleted;
import io.rtms.event.VideoData;
import io.rtms.media.AudioCodec;
import io.rtms.media.AudioParams;
import io.rtms.media.VideoCodec;
import io.rtms.stream.RtmsStream;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Writes what is heard, seen and said into files, a folder for each stream. All observers are synchronous: a stream's frames come in order, on its own
 * virtual thread, so that writing may block without delaying any other meeting.
 */
@ApplicationScoped
public class Recorder {
    private static final Logger LOG = Logger.getLogger(Recorder.class);

    private final RtmsManager rtms;
    private final Folders folders;
    private final Map<String, Recording> recordings = new ConcurrentHashMap<>();

    Recorder(RtmsManager rtms, @ConfigProperty(name = "recorder.dir") Path dir) {
        this.rtms = rtms;
        this.folders = new Folders(dir);
    }

    void onAudio(@Observes AudioData frame) {
        record(frame, recording -> recording.audio(frame));
    }

    void onVideo(@Observes VideoData frame) {
        record(frame, recording -> recording.video(frame));
    }

    void onLine(@Observes TranscriptData line) {
        record(line, recording -> recording.line(line));
    }

    void onLeft(@Observes StreamLeft left) {
        String streamId = left.stream().streamId();
        Recording recording = recordings.remove(streamId);
        if (recording != null) {
            recording.close();
        }
        if (left.cause().name().equals(StopReason.STREAM_REVOKED.name())) {
            delete(streamId);
        }
    }

    /** Consent can be revoked long after the stream's end. */
    void onDeleted(@Observes TranscriptDeleted transcript) {
        if (transcript.why() == TranscriptDeleted.Why.REVOKED) {
            Recording recording = recordings.get(transcript.streamId());
            if (recording != null) {
                recording.close();
            }
            delete(transcript.streamId());
        }
    }

    @PreDestroy
    void stop() {
        recordings.values().forEach(Recording::close);
    }

    private interface Writing {
        void on(Recording recording) throws IOException;
    }

    /** A disk that fails ends the recording, and is told of once; the meeting goes on. */
    private void record(MediaData frame, Writing writing) {
        String streamId = frame.stream().streamId();
        Recording recording = recordings.computeIfAbsent(streamId, id -> begin(frame));
        try {
            writing.on(recording);
        } catch (IOException e) {
            LOG.errorf(e, "Stream %s: its recording ends here", streamId);
            recording.close();
        }
    }

    /** What is not in the form that these files have is left out. */
    private Recording begin(MediaData first) {
        RtmsStream stream = rtms.stream(first.stream().streamId()).orElseThrow();
        AudioParams audio = stream.parameters().audio();
        boolean hasSamples = audio.codec() == AudioCodec.L16;
        boolean hasH264 = stream.parameters().video().codec() == VideoCodec.H264;
        if (!hasSamples || !hasH264) {
            LOG.warnf(
                    "Only L16 audio and H.264 video are recorded, not %s and %s",
                    audio.codec(), stream.parameters().video().codec());
        }
        WavFormat format = hasSamples
                ? new WavFormat(audio.sampleRate().hertz(), audio.channel().number())
                : null;
        return new Recording(folders, first.stream().streamId(), first.timestamp(), format, hasH264);
    }

    private void delete(String streamId) {
        try {
            folders.delete(streamId);
        } catch (IOException e) {
            LOG.errorf(e, "Stream %s: consent was revoked, and its recording cannot be deleted", streamId);
        }
    }
}
