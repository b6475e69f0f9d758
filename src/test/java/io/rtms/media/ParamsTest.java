package io.rtms.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters of media: defaults, what is refused and in which words, and their form on the wire. */
class ParamsTest {
    private static final Set<MediaType> ALL = EnumSet.allOf(MediaType.class);

    @Test
    void theDefaultsAreThoseOfZoomsSdks() {
        assertEquals(json("""
                {"audio":{"content_type":2,"sample_rate":3,"channel":2,"codec":4,"data_opt":2,"send_rate":20},
                 "video":{"content_type":3,"codec":7,"resolution":2,"data_opt":3,"fps":30},
                 "deskshare":{"content_type":3,"codec":7,"resolution":2,"fps":30},
                 "transcript":{"content_type":5,"src_language":-1,"enable_lid":true},
                 "chat":{"content_type":5}}"""), MediaParams.defaults().toJson(ALL));
        assertEquals(960, AudioParams.defaults().frameSize());
    }

    @Test
    void theProtocolsOwnDefaultsHaveAName() {
        assertEquals(json("""
                {"audio":{"content_type":2,"sample_rate":1,"channel":1,"codec":1,"data_opt":1,"send_rate":20},
                 "video":{"content_type":3,"codec":5,"resolution":2,"data_opt":3,"fps":5},
                 "deskshare":{"content_type":3,"codec":5,"resolution":3,"fps":1},
                 "transcript":{"content_type":5,"src_language":9,"enable_lid":true},
                 "chat":{"content_type":5}}"""), MediaParams.protocolDefaults().toJson(ALL));
    }

    @Test
    void whatIsNotAskedForIsNotSent() {
        JsonNode sent = MediaParams.defaults().toJson(Set.of(MediaType.TRANSCRIPT));
        assertEquals(1, sent.size());
        assertTrue(sent.has("transcript"));
    }

    @Test
    void whatABuilderLeavesUnsetKeepsItsDefault() {
        VideoParams video = VideoParams.builder().fps(15).build();
        assertEquals(VideoParams.defaults().codec(), video.codec());
        assertEquals(VideoParams.defaults().resolution(), video.resolution());
        assertEquals(15, video.fps());
    }

    @Test
    void oneMediumLeavesTheOthersAsTheyAre() {
        MediaParams changed = MediaParams.defaults().with(AudioParams.protocolDefaults());
        assertEquals(MediaParams.defaults(), changed.with(AudioParams.defaults()));
    }

    @ParameterizedTest
    @CsvSource({
        "RAW_AUDIO, L16, SR_8K, MONO, 20", "RAW_AUDIO, L16, SR_16K, STEREO, 1000", "RAW_AUDIO, L16, SR_32K, MONO, 40",
        "RAW_AUDIO, L16, SR_48K, STEREO, 100", "RAW_AUDIO, OPUS, SR_48K, MONO, 20",
                "RAW_AUDIO, OPUS, SR_48K, STEREO, 20",
        "RAW_AUDIO, G711, SR_8K, MONO, 20", "RAW_AUDIO, G722, SR_16K, MONO, 20", "RTP, OPUS, SR_48K, MONO, 20",
        "RTP, OPUS, SR_48K, STEREO, 20", "RTP, G711, SR_8K, MONO, 20", "RTP, G722, SR_16K, MONO, 20"
    })
    void everyCombinationOfAudioThatZoomDocumentsIsAccepted(
            ContentType content, AudioCodec codec, AudioSampleRate rate, AudioChannel channel, int duration) {
        AudioParams params = audio(content, codec, rate, channel, duration).build();
        assertEquals(rate.hertz() / 1000 * duration, params.frameSize());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "RTP, L16, SR_16K, MONO, 20, \"audio.contentType is RTP; allowed: RAW_AUDIO with L16\"",
                "TEXT, OPUS, SR_48K, MONO, 20, \"audio.contentType is TEXT; allowed: RAW_AUDIO, RTP\"",
                "RAW_AUDIO, OPUS, SR_16K, MONO, 20, \"audio.sampleRate is SR_16K; allowed: SR_48K with OPUS\"",
                "RAW_AUDIO, OPUS, SR_48K, MONO, 40, \"audio.duration is 40; allowed: 20 ms with OPUS\"",
                "RAW_AUDIO, G711, SR_16K, MONO, 20, \"audio.sampleRate is SR_16K; allowed: SR_8K with G711\"",
                "RAW_AUDIO, G711, SR_8K, STEREO, 20, \"audio.channel is STEREO; allowed: MONO with G711\"",
                "RAW_AUDIO, G722, SR_8K, MONO, 20, \"audio.sampleRate is SR_8K; allowed: SR_16K with G722\"",
                "RAW_AUDIO, G722, SR_16K, STEREO, 20, \"audio.channel is STEREO; allowed: MONO with G722\"",
                "RAW_AUDIO, L16, SR_16K, MONO, 30, \"audio.duration is 30; allowed: a multiple of 20 from 20 to 1000 ms with L16\"",
                "RAW_AUDIO, L16, SR_16K, MONO, 1020, \"audio.duration is 1020; allowed: a multiple of 20 from 20 to 1000 ms with L16\"",
                "RAW_AUDIO, L16, UNKNOWN, MONO, 20, \"audio.sampleRate is UNKNOWN; allowed: SR_8K, SR_16K, SR_32K, SR_48K\"",
                "RAW_AUDIO, L16, SR_16K, UNKNOWN, 20, \"audio.channel is UNKNOWN; allowed: MONO, STEREO\"",
                "RAW_AUDIO, UNDEFINED, SR_16K, MONO, 20, \"audio.codec is UNDEFINED; allowed: L16, G711, G722, OPUS\""
            })
    void otherAudioIsRefusedInWords(
            ContentType content,
            AudioCodec codec,
            AudioSampleRate rate,
            AudioChannel channel,
            int duration,
            String words) {
        InvalidParameterException refused = assertThrows(
                InvalidParameterException.class,
                () -> audio(content, codec, rate, channel, duration).build());
        assertEquals(words, refused.getMessage());
        assertTrue(words.startsWith(refused.field()));
    }

    @Test
    void aFrameSizeThatContradictsRateAndDurationIsRefused() {
        AudioParams.Builder builder = AudioParams.builder().frameSize(320);
        InvalidParameterException refused = assertThrows(InvalidParameterException.class, builder::build);
        assertEquals("audio.frameSize is 320; allowed: 960, which is 48000 Hz times 20 ms", refused.getMessage());
        assertEquals(960, AudioParams.builder().frameSize(960).build().frameSize());
    }

    @Test
    void aDataOptionOfAnotherMediumIsRefused() {
        assertThrows(
                InvalidParameterException.class,
                () -> AudioParams.defaults().withDataOption(DataOption.VIDEO_SINGLE_ACTIVE_STREAM));
        assertThrows(
                InvalidParameterException.class,
                () -> VideoParams.defaults().withDataOption(DataOption.AUDIO_MIXED_STREAM));
    }

    @ParameterizedTest
    @CsvSource({"H264, 1", "H264, 30", "JPG, 1", "JPG, 5", "PNG, 5"})
    void videoTakesThesePictures(VideoCodec codec, int fps) {
        assertEquals(fps, VideoParams.builder().codec(codec).fps(fps).build().fps());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "H264, 0, \"video.fps is 0; allowed: 1 to 30 with H264\"",
                "H264, 31, \"video.fps is 31; allowed: 1 to 30 with H264\"",
                "JPG, 6, \"video.fps is 6; allowed: 1 to 5 with JPG; H264 for more\"",
                "PNG, 0, \"video.fps is 0; allowed: 1 to 5 with PNG; H264 for more\"",
                "UNKNOWN, 5, \"video.codec is UNKNOWN; allowed: JPG, PNG, H264\""
            })
    void otherVideoIsRefusedInWords(VideoCodec codec, int fps, String words) {
        VideoParams.Builder builder = VideoParams.builder().codec(codec).fps(fps);
        assertEquals(
                words,
                assertThrows(InvalidParameterException.class, builder::build).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "JPG, 2, \"deskshare.fps is 2; allowed: 1 with JPG; H264 for more\"",
                "PNG, 5, \"deskshare.fps is 5; allowed: 1 with PNG; H264 for more\"",
                "H264, 31, \"deskshare.fps is 31; allowed: 1 to 30 with H264\""
            })
    void otherDesksAreRefusedInWords(VideoCodec codec, int fps, String words) {
        DeskshareParams.Builder builder = DeskshareParams.builder().codec(codec).fps(fps);
        assertEquals(
                words,
                assertThrows(InvalidParameterException.class, builder::build).getMessage());
    }

    @Test
    void aResolutionIsNeeded() {
        assertThrows(
                InvalidParameterException.class,
                () -> VideoParams.builder().resolution(VideoResolution.UNKNOWN).build());
        assertThrows(
                InvalidParameterException.class,
                () -> DeskshareParams.builder()
                        .resolution(VideoResolution.UNKNOWN)
                        .build());
    }

    @Test
    void noLanguageAtAllIsRefused() {
        TranscriptParams.Builder nothing = TranscriptParams.builder().languageIdentification(false);
        assertThrows(InvalidParameterException.class, nothing::build);
        TranscriptParams.Builder unknown = TranscriptParams.builder().sourceLanguage(TranscriptLanguage.UNKNOWN);
        assertThrows(InvalidParameterException.class, unknown::build);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyFieldHasItsPlaceOnTheWireInBothDirections(String field, int number, UnaryOperator<MediaParams> change) {
        MediaParams params = change.apply(MediaParams.protocolDefaults());
        MediaType medium =
                MediaType.ofLabel(field.substring(0, field.indexOf('.'))).orElseThrow();
        JsonNode wire = params.toJson(ALL).path(medium.label());
        JsonNode value = wire.path(field.substring(field.indexOf('.') + 1));
        assertEquals(number, value.isBoolean() ? (value.asBoolean() ? 1 : 0) : value.asInt(-9));
        assertEquals(params, MediaParams.protocolDefaults().withEffective(medium, wire));
    }

    static Stream<Arguments> changes() {
        Stream.Builder<Arguments> changes = Stream.builder();
        for (AudioSampleRate rate : EnumSet.complementOf(EnumSet.of(AudioSampleRate.UNKNOWN))) {
            add(
                    changes,
                    "audio.sample_rate",
                    rate.number(),
                    all -> all.with(all.audio().toBuilder().sampleRate(rate).build()));
        }
        for (AudioChannel channel : EnumSet.complementOf(EnumSet.of(AudioChannel.UNKNOWN))) {
            add(
                    changes,
                    "audio.channel",
                    channel.number(),
                    all -> all.with(all.audio().toBuilder().channel(channel).build()));
        }
        add(changes, "audio.codec", 1, all -> all);
        add(
                changes,
                "audio.codec",
                2,
                all -> all.with(all.audio().toBuilder()
                        .codec(AudioCodec.G711)
                        .sampleRate(AudioSampleRate.SR_8K)
                        .build()));
        add(
                changes,
                "audio.codec",
                3,
                all -> all.with(all.audio().toBuilder().codec(AudioCodec.G722).build()));
        add(changes, "audio.codec", 4, all -> all.with(AudioParams.defaults()));
        add(
                changes,
                "audio.content_type",
                1,
                all -> all.with(
                        AudioParams.builder().contentType(ContentType.RTP).build()));
        add(changes, "audio.content_type", 2, all -> all);
        add(changes, "audio.data_opt", 1, all -> all);
        add(changes, "audio.data_opt", 2, all -> all.with(all.audio().withDataOption(DataOption.AUDIO_MULTI_STREAMS)));
        for (int duration = 20; duration <= 1000; duration += 20) {
            int each = duration;
            add(
                    changes,
                    "audio.send_rate",
                    each,
                    all -> all.with(all.audio().toBuilder().duration(each).build()));
        }
        for (VideoCodec codec : EnumSet.of(VideoCodec.JPG, VideoCodec.PNG, VideoCodec.H264)) {
            add(
                    changes,
                    "video.codec",
                    codec.number(),
                    all -> all.with(all.video().toBuilder().codec(codec).build()));
            add(
                    changes,
                    "deskshare.codec",
                    codec.number(),
                    all -> all.with(all.deskshare().toBuilder().codec(codec).build()));
        }
        for (VideoResolution resolution : EnumSet.complementOf(EnumSet.of(VideoResolution.UNKNOWN))) {
            add(
                    changes,
                    "video.resolution",
                    resolution.number(),
                    all -> all.with(
                            all.video().toBuilder().resolution(resolution).build()));
            add(
                    changes,
                    "deskshare.resolution",
                    resolution.number(),
                    all -> all.with(
                            all.deskshare().toBuilder().resolution(resolution).build()));
        }
        for (DataOption option :
                EnumSet.range(DataOption.VIDEO_SINGLE_ACTIVE_STREAM, DataOption.VIDEO_MIXED_GALLERY_VIEW)) {
            add(
                    changes,
                    "video.data_opt",
                    option.number(),
                    all -> all.with(all.video().withDataOption(option)));
        }
        for (int fps = 1; fps <= 30; fps++) {
            int each = fps;
            add(
                    changes,
                    "video.fps",
                    each,
                    all -> all.with(VideoParams.builder().fps(each).build()));
            add(
                    changes,
                    "deskshare.fps",
                    each,
                    all -> all.with(DeskshareParams.builder().fps(each).build()));
        }
        add(
                changes,
                "video.content_type",
                1,
                all -> all.with(
                        VideoParams.builder().contentType(ContentType.RTP).build()));
        add(
                changes,
                "deskshare.content_type",
                1,
                all -> all.with(
                        DeskshareParams.builder().contentType(ContentType.RTP).build()));
        for (TranscriptLanguage language : EnumSet.complementOf(EnumSet.of(TranscriptLanguage.UNKNOWN))) {
            add(
                    changes,
                    "transcript.src_language",
                    language.number(),
                    all -> all.with(all.transcript().withSourceLanguage(language)));
        }
        add(
                changes,
                "transcript.enable_lid",
                0,
                all -> all.with(all.transcript().toBuilder()
                        .languageIdentification(false)
                        .build()));
        add(changes, "transcript.content_type", 5, all -> all);
        add(changes, "chat.content_type", 5, all -> all);
        return changes.build();
    }

    private static void add(
            Stream.Builder<Arguments> changes, String field, int number, UnaryOperator<MediaParams> change) {
        changes.add(Arguments.of(field, number, change));
    }

    private static AudioParams.Builder audio(
            ContentType content, AudioCodec codec, AudioSampleRate rate, AudioChannel channel, int duration) {
        return AudioParams.builder()
                .contentType(content)
                .codec(codec)
                .sampleRate(rate)
                .channel(channel)
                .duration(duration);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
