package io.rtms.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rtms.event.StatusCode;
import io.rtms.media.AudioChannel;
import io.rtms.media.AudioCodec;
import io.rtms.media.AudioSampleRate;
import io.rtms.media.ContentType;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptLanguage;
import io.rtms.media.VideoCodec;
import io.rtms.media.VideoResolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parameters are taken, which are refused and with what, and what becomes of them where nothing is refused. */
class MediaOfferTest {
    private static final Set<MediaType> EVERYTHING = EnumSet.allOf(MediaType.class);
    private static final MediaOffer STRICT = new MediaOffer(EVERYTHING, true, true);
    private static final MediaOffer LENIENT = new MediaOffer(EVERYTHING, false, true);

    /** Every tuple of the protocol's table for audio; everything else is refused. */
    static Stream<Arguments> audioTuples() {
        List<Arguments> tuples = new ArrayList<>();
        for (ContentType content : List.of(ContentType.RTP, ContentType.RAW_AUDIO)) {
            for (AudioCodec codec : List.of(AudioCodec.L16, AudioCodec.G711, AudioCodec.G722, AudioCodec.OPUS)) {
                for (AudioSampleRate rate : List.of(
                        AudioSampleRate.SR_8K,
                        AudioSampleRate.SR_16K,
                        AudioSampleRate.SR_32K,
                        AudioSampleRate.SR_48K)) {
                    for (AudioChannel channel : List.of(AudioChannel.MONO, AudioChannel.STEREO)) {
                        tuples.add(
                                Arguments.of(content, codec, rate, channel, isAllowed(content, codec, rate, channel)));
                    }
                }
            }
        }
        return tuples.stream();
    }

    private static boolean isAllowed(
            ContentType content, AudioCodec codec, AudioSampleRate rate, AudioChannel channel) {
        String row = content + " " + codec + " " + rate + " " + channel;
        boolean raw = content == ContentType.RAW_AUDIO;
        return (raw && codec == AudioCodec.L16)
                || row.endsWith("OPUS SR_48K MONO")
                || row.endsWith("OPUS SR_48K STEREO")
                || row.endsWith("G711 SR_8K MONO")
                || row.endsWith("G722 SR_16K MONO");
    }

    @ParameterizedTest
    @MethodSource("audioTuples")
    void strictModeTakesTheTuplesOfTheTableAndLenientModeTheNearestOfThem(
            ContentType content, AudioCodec codec, AudioSampleRate rate, AudioChannel channel, boolean allowed) {
        ObjectNode request = request(MediaType.AUDIO, audio(content, codec, rate, channel, 1, 20));
        Status status = STRICT.check(request);
        assertEquals(allowed ? Status.OK : Status.INVALID_AUDIO_PARAMS, status);
        assertEquals(Status.OK, LENIENT.check(request));
        JsonNode granted = LENIENT.grant(request).parameters().path("audio");
        assertEquals(Status.OK, STRICT.check(request(MediaType.AUDIO, (ObjectNode) granted)), granted.toString());
        assertEquals(codec.number(), granted.path("codec").asInt());
        assertEquals(2, granted.path("content_type").asInt());
        if (allowed) {
            assertEquals(rate.number(), granted.path("sample_rate").asInt());
            assertEquals(channel.number(), granted.path("channel").asInt());
            assertEquals(
                    content.number(),
                    STRICT.grant(request)
                            .parameters()
                            .path("audio")
                            .path("content_type")
                            .asInt());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "content_type, 0, 19",
        "content_type, 3, 19",
        "content_type, 6, 19",
        "sample_rate, 4, 20",
        "sample_rate, -1, 20",
        "channel, 0, 21",
        "channel, 3, 21",
        "codec, 0, 22",
        "codec, 5, 22",
        "codec, 9, 22",
        "data_opt, 0, 23",
        "data_opt, 3, 23",
        "send_rate, 0, 24",
        "send_rate, 19, 24",
        "send_rate, 30, 24",
        "send_rate, -20, 24",
    })
    void everyAudioFieldHasAnAnswerOfItsOwn(String field, int value, int status) {
        ObjectNode request = request(MediaType.AUDIO, Messages.object().put(field, value));
        assertEquals(status, STRICT.check(request).code());
        ObjectNode granted = (ObjectNode) LENIENT.grant(request).parameters().path("audio");
        assertEquals(Status.OK, STRICT.check(request(MediaType.AUDIO, granted)), granted.toString());
    }

    @ParameterizedTest
    @CsvSource({"0, 20", "19, 20", "20, 20", "110, 100", "999, 980", "1000, 1000", "1020, 1000", "5000, 1000"})
    void lenientModeTakesTheNearestSendRate(int asked, int granted) {
        ObjectNode request = request(MediaType.AUDIO, Messages.object().put("send_rate", asked));
        assertEquals(granted, LENIENT.grant(request).audio().duration());
    }

    @Test
    void strictModeTakesEverySendRateOfL16AndCutsLongerOnes() {
        for (int rate = 20; rate <= 1000; rate += 20) {
            ObjectNode request = request(MediaType.AUDIO, Messages.object().put("send_rate", rate));
            assertEquals(Status.OK, STRICT.check(request));
            assertEquals(rate, STRICT.grant(request).audio().duration());
        }
        ObjectNode longer = request(MediaType.AUDIO, Messages.object().put("send_rate", 2000));
        assertEquals(Status.OK, STRICT.check(longer));
        assertEquals(1000, STRICT.grant(longer).audio().duration());
    }

    @ParameterizedTest
    @EnumSource(
            value = AudioCodec.class,
            names = {"G711", "G722", "OPUS"})
    void codedAudioComesEveryTwentyMilliseconds(AudioCodec codec) {
        AudioSampleRate rate = codec == AudioCodec.OPUS
                ? AudioSampleRate.SR_48K
                : codec == AudioCodec.G711 ? AudioSampleRate.SR_8K : AudioSampleRate.SR_16K;
        ObjectNode request =
                request(MediaType.AUDIO, audio(ContentType.RAW_AUDIO, codec, rate, AudioChannel.MONO, 2, 100));
        assertEquals(24, STRICT.check(request).code());
        assertEquals(20, LENIENT.grant(request).audio().duration());
    }

    @Test
    void g722IsGrantedOnlyWhereThereIsSuchAFile() {
        ObjectNode request = request(
                MediaType.AUDIO,
                audio(ContentType.RAW_AUDIO, AudioCodec.G722, AudioSampleRate.SR_16K, AudioChannel.MONO, 2, 20));
        assertEquals(Status.OK, STRICT.check(request));
        assertEquals(22, new MediaOffer(EVERYTHING, true, false).check(request).code());
        JsonNode granted = new MediaOffer(EVERYTHING, false, false)
                .grant(request)
                .parameters()
                .path("audio");
        assertEquals(
                "{\"content_type\":2,\"sample_rate\":1,\"channel\":1,\"codec\":1,\"data_opt\":2,\"send_rate\":20}",
                granted.toString());
    }

    static Stream<Arguments> pictures() {
        return Stream.of(MediaType.VIDEO, MediaType.DESKSHARE)
                .flatMap(medium -> Stream.of(VideoCodec.JPG, VideoCodec.PNG, VideoCodec.H264)
                        .flatMap(codec -> Stream.of(
                                        VideoResolution.SD,
                                        VideoResolution.HD,
                                        VideoResolution.FHD,
                                        VideoResolution.QHD)
                                .map(resolution -> Arguments.of(medium, codec, resolution))));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void picturesOfEveryCodecAndSizeAreTakenAsAskedFor(MediaType medium, VideoCodec codec, VideoResolution resolution) {
        int most = codec == VideoCodec.H264 ? 30 : 5;
        for (int fps = 1; fps <= most; fps++) {
            ObjectNode request = request(medium, picture(3, codec.number(), resolution.number(), fps));
            assertEquals(Status.OK, STRICT.check(request));
            PictureParameters granted = STRICT.grant(request).pictures(medium);
            assertEquals(codec, granted.codec());
            assertEquals(resolution, granted.resolution());
            assertEquals(fps, granted.fps());
        }
        ObjectNode tooMany = request(medium, picture(3, codec.number(), resolution.number(), most + 1));
        assertEquals(medium == MediaType.VIDEO ? 30 : 35, STRICT.check(tooMany).code());
        assertEquals(most, LENIENT.grant(tooMany).pictures(medium).fps());
    }

    @ParameterizedTest
    @CsvSource({
        "VIDEO, content_type, 2, 26",
        "VIDEO, content_type, 0, 26",
        "VIDEO, codec, 4, 27",
        "VIDEO, codec, 0, 27",
        "VIDEO, codec, 8, 27",
        "VIDEO, resolution, 0, 28",
        "VIDEO, resolution, 5, 28",
        "VIDEO, data_opt, 0, 29",
        "VIDEO, data_opt, 2, 29",
        "VIDEO, data_opt, 6, 29",
        "VIDEO, fps, 0, 30",
        "VIDEO, fps, 31, 30",
        "DESKSHARE, content_type, 5, 32",
        "DESKSHARE, codec, 1, 33",
        "DESKSHARE, resolution, 9, 34",
        "DESKSHARE, fps, 0, 35",
        "DESKSHARE, fps, -3, 35",
        "DESKSHARE, fps, 31, 35",
        "TRANSCRIPT, content_type, 2, 37",
        "TRANSCRIPT, src_language, 37, 43",
        "TRANSCRIPT, src_language, -2, 43",
        "TRANSCRIPT, language, 99, 43",
        "CHAT, content_type, 1, 39",
        "CHAT, content_type, 0, 39",
    })
    void everyOtherFieldHasAnAnswerOfItsOwn(MediaType medium, String field, int value, int status) {
        ObjectNode request = request(medium, Messages.object().put(field, value));
        assertEquals(status, STRICT.check(request).code());
        JsonNode granted = LENIENT.grant(request).parameters().path(medium.label());
        assertEquals(Status.OK, LENIENT.check(request));
        assertEquals(Status.OK, STRICT.check(request(medium, (ObjectNode) granted)), granted.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void picturesMayBeAskedForAsRtpAndComeRaw(int contentType) {
        for (MediaType medium : List.of(MediaType.VIDEO, MediaType.DESKSHARE)) {
            ObjectNode request = request(medium, picture(contentType, 7, 2, 30));
            assertEquals(Status.OK, STRICT.check(request));
            JsonNode granted = STRICT.grant(request).parameters().path(medium.label());
            assertEquals(3, granted.path("content_type").asInt());
        }
    }

    @Test
    void manyFramesWithoutACodecFallBackToImages() {
        ObjectNode video = request(MediaType.VIDEO, Messages.object().put("fps", 25));
        assertEquals(Status.OK, STRICT.check(video));
        assertEquals(VideoCodec.JPG, STRICT.grant(video).video().codec());
        assertEquals(5, STRICT.grant(video).video().fps());
        ObjectNode share = request(MediaType.DESKSHARE, Messages.object().put("fps", 25));
        assertEquals(1, STRICT.grant(share).deskshare().fps());
    }

    @ParameterizedTest
    @EnumSource(value = TranscriptLanguage.class, mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void everyLanguageIsTakenByBothNames(TranscriptLanguage language) {
        for (String field : List.of("src_language", "language")) {
            ObjectNode request = request(MediaType.TRANSCRIPT, Messages.object().put(field, language.number()));
            assertEquals(Status.OK, STRICT.check(request));
            JsonNode granted = STRICT.grant(request).parameters().path("transcript");
            assertEquals(language.number(), granted.path("src_language").asInt());
            assertTrue(granted.path("enable_lid").asBoolean());
        }
    }

    @Test
    void identificationCanBeTurnedOffOnlyWhereALanguageIsGiven() {
        ObjectNode german = Messages.object().put("src_language", 14).put("enable_lid", false);
        assertEquals(Status.OK, STRICT.check(request(MediaType.TRANSCRIPT, german)));
        ObjectNode none = Messages.object().put("src_language", -1).put("enable_lid", false);
        assertEquals(36, STRICT.check(request(MediaType.TRANSCRIPT, none)).code());
        ObjectNode text = Messages.object().put("enable_lid", "yes");
        assertEquals(36, STRICT.check(request(MediaType.TRANSCRIPT, text)).code());
    }

    @ParameterizedTest
    @CsvSource({"AUDIO, 18", "VIDEO, 25", "DESKSHARE, 31", "TRANSCRIPT, 36", "CHAT, 38"})
    void parametersThatAreNoObjectAreRefused(MediaType medium, int status) {
        ObjectNode request = request(medium, null);
        request.withObject("media_params").put(medium.label(), "fast");
        assertEquals(status, STRICT.check(request).code());
        assertEquals(Status.OK, LENIENT.check(request));
        request.put("media_params", 3);
        assertEquals(17, STRICT.check(request).code());
    }

    @ParameterizedTest
    @CsvSource({
        "AUDIO, codec, 22",
        "AUDIO, sample_rate, 20",
        "VIDEO, fps, 30",
        "VIDEO, codec, 27",
        "DESKSHARE, resolution, 34",
        "TRANSCRIPT, src_language, 43",
        "CHAT, content_type, 39"
    })
    void aFieldThatIsNoNumberIsWrong(MediaType medium, String field, int status) {
        ObjectNode request = request(medium, Messages.object().put(field, "7"));
        assertEquals(status, STRICT.check(request).code());
    }

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void askingForNothingInParticularGivesTheProtocolsDefaults(MediaType medium) {
        JsonNode expected =
                MediaParams.protocolDefaults().toJson(Set.of(medium)).path(medium.label());
        ObjectNode request = request(medium, null);
        assertEquals(Status.OK, STRICT.check(request));
        assertEquals(expected, STRICT.grant(request).parameters().path(medium.label()));
    }

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void whatIsNotOfferedIsRefusedAlone(MediaType medium) {
        Set<MediaType> others = EnumSet.complementOf(EnumSet.of(medium));
        MediaOffer offer = new MediaOffer(others, false, false);
        assertEquals(
                StatusCode.valueOf("MEDIA_TYPE_" + medium.name() + "_NOT_SUPPORT")
                        .number(),
                offer.check(request(medium, null)).code());
        ObjectNode all = Messages.object().put("media_type", 32);
        assertEquals(Status.OK, offer.check(all));
        assertEquals(others, offer.grant(all).media());
    }

    @Test
    void everySumOfMediaIsTaken() {
        for (int sum : IntStream.rangeClosed(1, 32).toArray()) {
            ObjectNode request = Messages.object().put("media_type", sum);
            assertEquals(Status.OK, STRICT.check(request));
            Set<MediaType> media = sum == 32 ? EVERYTHING : MediaType.ofBits(sum);
            assertEquals(media, STRICT.grant(request).media());
        }
        for (int wrong : Arrays.asList(0, -1, 33, 64, 96)) {
            assertEquals(
                    14,
                    LENIENT.check(Messages.object().put("media_type", wrong)).code());
        }
    }

    private static ObjectNode request(MediaType medium, ObjectNode parameters) {
        ObjectNode request = Messages.object().put("media_type", medium.bit());
        if (parameters != null) {
            request.putObject("media_params").set(medium.label(), parameters);
        }
        return request;
    }

    private static ObjectNode audio(
            ContentType content,
            AudioCodec codec,
            AudioSampleRate rate,
            AudioChannel channel,
            int dataOption,
            int sendRate) {
        return Messages.object()
                .put("content_type", content.number())
                .put("codec", codec.number())
                .put("sample_rate", rate.number())
                .put("channel", channel.number())
                .put("data_opt", dataOption)
                .put("send_rate", sendRate);
    }

    private static ObjectNode picture(int content, int codec, int resolution, int fps) {
        return Messages.object()
                .put("content_type", content)
                .put("codec", codec)
                .put("resolution", resolution)
                .put("fps", fps);
    }
}
