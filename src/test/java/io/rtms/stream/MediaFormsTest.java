package io.rtms.stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.rtms.RtmsManager;
import io.rtms.event.AudioData;
import io.rtms.event.DeskshareData;
import io.rtms.event.MediaData;
import io.rtms.event.VideoData;
import io.rtms.media.AudioChannel;
import io.rtms.media.AudioCodec;
import io.rtms.media.AudioParams;
import io.rtms.media.AudioSampleRate;
import io.rtms.media.DataOption;
import io.rtms.media.DeskshareParams;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptLanguage;
import io.rtms.media.TranscriptParams;
import io.rtms.media.VideoCodec;
import io.rtms.media.VideoParams;
import io.rtms.media.VideoResolution;
import io.rtms.simulator.SimulatedMeeting;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way of asking for a medium, against a server that refuses what Zoom's documents exclude: what is sent, what is answered, what flows. */
@QuarkusTest
@TestProfile(MediaFormsTest.Strict.class)
class MediaFormsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Inject
    RtmsManager rtms;

    @Inject
    Stage stage;

    private final Queue<MediaData> frames = new ConcurrentLinkedQueue<>();

    /** The simulator refuses what Zoom's documents exclude. */
    public static class Strict extends QuietObservers {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("rtms.simulator.strict", "true");
            return overrides;
        }
    }

    static Stream<AudioParams> audio() {
        Stream.Builder<AudioParams> all = Stream.builder();
        for (AudioChannel channel : new AudioChannel[] {AudioChannel.MONO, AudioChannel.STEREO}) {
            for (AudioSampleRate rate : AudioSampleRate.values()) {
                if (rate != AudioSampleRate.UNKNOWN) {
                    all.add(AudioParams.protocolDefaults().toBuilder()
                            .sampleRate(rate)
                            .channel(channel)
                            .duration(100)
                            .build());
                }
            }
            all.add(AudioParams.builder().channel(channel).build());
        }
        all.add(AudioParams.defaults().withDataOption(DataOption.AUDIO_MIXED_STREAM));
        all.add(AudioParams.protocolDefaults().withDataOption(DataOption.AUDIO_MULTI_STREAMS));
        all.add(AudioParams.protocolDefaults().toBuilder()
                .codec(AudioCodec.G711)
                .sampleRate(AudioSampleRate.SR_8K)
                .build());
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("audio")
    void audioFlowsAsItWasAskedFor(AudioParams params) {
        SimulatedMeeting meeting = stage.play(600, 4);
        try (RtmsClient client = rtms.newClient().audio(params).onAudio(frames::add)) {
            stage.join(client, meeting);
            assertSent(meeting, MediaType.AUDIO, MediaParams.defaults().with(params));
            assertEquals(params, client.stream().parameters().audio());
            await().atMost(LONG).until(() -> frames.size() >= 3);
        }
        MediaData first = frames.peek();
        boolean mixed = params.dataOption() == DataOption.AUDIO_MIXED_STREAM;
        assertEquals(mixed, first.participant().id() == 0, first.participant().toString());
        int size = ((AudioData) first).data().length;
        switch (params.codec()) {
            case L16 -> assertEquals(params.frameSize() * 2 * params.channel().number(), size);
            case G711 -> assertEquals(160, size);
            default -> assertTrue(size > 0 && size < 1_276, "an Opus packet of " + size + " bytes");
        }
    }

    static Stream<VideoParams> video() {
        Stream.Builder<VideoParams> all = Stream.builder();
        for (VideoResolution resolution : VideoResolution.values()) {
            if (resolution != VideoResolution.UNKNOWN) {
                all.add(VideoParams.builder().resolution(resolution).fps(10).build());
            }
        }
        for (VideoCodec codec : new VideoCodec[] {VideoCodec.JPG, VideoCodec.PNG}) {
            all.add(VideoParams.builder().codec(codec).fps(5).build());
        }
        all.add(VideoParams.defaults());
        all.add(VideoParams.defaults().withDataOption(DataOption.VIDEO_MIXED_GALLERY_VIEW));
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("video")
    void videoFlowsAsItWasAskedFor(VideoParams params) {
        SimulatedMeeting meeting = stage.play(600, 4);
        try (RtmsClient client = rtms.newClient().video(params).onVideo(frames::add)) {
            stage.join(client, meeting);
            assertSent(meeting, MediaType.VIDEO, MediaParams.defaults().with(params));
            assertEquals(params, client.stream().parameters().video());
            await().atMost(LONG).until(() -> frames.size() >= 2);
        }
        byte[] data = ((VideoData) frames.peek()).data();
        assertCodec(params.codec(), data);
    }

    @ParameterizedTest
    @EnumSource(
            value = VideoCodec.class,
            names = {"JPG", "PNG", "H264"})
    void deskShareFlowsAsItWasAskedFor(VideoCodec codec) throws InterruptedException {
        DeskshareParams params = DeskshareParams.builder().codec(codec).fps(1).build();
        SimulatedMeeting meeting = stage.play(600, 4);
        try (RtmsClient client = rtms.newClient().deskshare(params).onDeskshare(frames::add)) {
            stage.join(client, meeting);
            assertSent(meeting, MediaType.DESKSHARE, MediaParams.defaults().with(params));
            assertEquals(params, client.stream().parameters().deskshare());
            meeting.startSharing("Ann");
            await().atMost(LONG).until(() -> !frames.isEmpty());
        }
        assertEquals("Ann", frames.peek().participant().name());
        assertCodec(codec, ((DeskshareData) frames.peek()).data());
    }

    @ParameterizedTest
    @EnumSource(value = TranscriptLanguage.class, mode = Mode.EXCLUDE, names = "UNKNOWN")
    void everyLanguageIsAskedForByItsNumber(TranscriptLanguage language) {
        TranscriptParams params = TranscriptParams.defaults().withSourceLanguage(language);
        SimulatedMeeting meeting = stage.play(600, 4);
        try (RtmsClient client = rtms.newClient().transcript(params)) {
            stage.join(client, meeting);
            assertSent(meeting, MediaType.TRANSCRIPT, MediaParams.defaults().with(params));
            assertEquals(params, client.stream().parameters().transcript());
        }
    }

    private static void assertSent(SimulatedMeeting meeting, MediaType medium, MediaParams params) {
        JsonNode sent = meeting.mediaHandshake(medium).orElseThrow().path("media_params");
        assertEquals(params.toJson(Set.of(medium)), sent);
    }

    private static void assertCodec(VideoCodec codec, byte[] data) {
        int first = data[0] & 0xff;
        int second = data[1] & 0xff;
        switch (codec) {
            case JPG -> assertTrue(first == 0xff && second == 0xd8);
            case PNG -> assertTrue(first == 0x89 && second == 'P');
            default -> assertTrue(first == 0 && second == 0, "an Annex B start code");
        }
    }
}
