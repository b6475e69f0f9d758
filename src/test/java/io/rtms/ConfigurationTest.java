package io.rtms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rtms.event.Product;
import io.rtms.media.AudioCodec;
import io.rtms.media.AudioParams;
import io.rtms.media.DataOption;
import io.rtms.media.InvalidParameterException;
import io.rtms.media.MediaParams;
import io.rtms.media.MediaType;
import io.rtms.media.TranscriptLanguage;
import io.rtms.media.VideoResolution;
import io.rtms.stream.Interest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of application.properties: Zoom's own names for some of them, and the media's parameters. */
class ConfigurationTest {
    @ParameterizedTest
    @CsvSource({
        "ZM_RTMS_CLIENT, rtms.app.client-id",
        "ZM_RTMS_SECRET, rtms.app.client-secret",
        "ZM_RTMS_WEBHOOK_SECRET, rtms.webhook.secrets",
        "ZM_RTMS_PORT, quarkus.http.port",
        "ZM_RTMS_PATH, rtms.webhook.path",
        "ZM_RTMS_CA, rtms.tls.ca",
        "ZM_RTMS_LOG_LEVEL, quarkus.log.category.\"io.rtms\".level",
        "ZM_RTMS_LOG_ENABLED, quarkus.log.console.enabled"
    })
    void theNamesOfZoomsSdkWorkUnchanged(String name, String key) throws IOException {
        assertEquals("4711", config(Map.of(name, "4711")).getRawValue(name));
        assertEquals("4711", config(Map.of(name, "4711")).getValue(key, String.class));
    }

    @Test
    void withoutAnyKeyTheDefaultsOfZoomsSdksHold() throws IOException {
        assertEquals(MediaParams.defaults(), media(Map.of()).params());
    }

    @Test
    void theProtocolsDefaultsCanBeChosen() throws IOException {
        assertEquals(
                MediaParams.protocolDefaults(),
                media(Map.of("rtms.media.defaults", "protocol")).params());
    }

    @Test
    void eachFieldCanBeSetAndTheOthersKeepTheirDefaults() throws IOException {
        MediaParams params = media(Map.of(
                        "rtms.media.audio.codec", "L16",
                        "rtms.media.audio.data-option", "AUDIO_MIXED_STREAM",
                        "rtms.media.video.resolution", "FHD",
                        "rtms.media.video.fps", "15",
                        "rtms.media.deskshare.fps", "5",
                        "rtms.media.transcript.source-language", "JAPANESE",
                        "rtms.media.transcript.language-identification", "false"))
                .params();
        AudioParams audio = AudioParams.builder()
                .codec(AudioCodec.L16)
                .dataOption(DataOption.AUDIO_MIXED_STREAM)
                .build();
        assertEquals(audio, params.audio());
        assertEquals(VideoResolution.FHD, params.video().resolution());
        assertEquals(15, params.video().fps());
        assertEquals(5, params.deskshare().fps());
        assertEquals(VideoResolution.HD, params.deskshare().resolution());
        assertEquals(TranscriptLanguage.JAPANESE, params.transcript().sourceLanguage());
        assertEquals(false, params.transcript().languageIdentification());
    }

    @Test
    void parametersThatZoomWouldRefuseAreRefusedAtTheStart() throws IOException {
        MediaConfig config = media(Map.of("rtms.media.audio.sample-rate", "SR_16K"));
        InvalidParameterException refused = Assertions.assertThrows(InvalidParameterException.class, config::params);
        assertEquals("audio.sampleRate is SR_16K; allowed: SR_48K with OPUS", refused.getMessage());
    }

    @Test
    void mediaAreAskedForByNameBesideOrInsteadOfWhatIsObserved() throws IOException {
        Set<MediaType> observed = Set.of(MediaType.TRANSCRIPT);
        assertEquals(observed, media(Map.of()).wanted(observed));
        assertEquals(
                Set.of(MediaType.TRANSCRIPT, MediaType.CHAT),
                media(Map.of("rtms.media.request", "auto,chat")).wanted(observed));
        assertEquals(
                Set.of(MediaType.VIDEO),
                media(Map.of("rtms.media.request", "video")).wanted(observed));
        MediaConfig wrong = media(Map.of("rtms.media.request", "smell"));
        Assertions.assertThrows(IllegalArgumentException.class, () -> wrong.wanted(observed));
    }

    @ParameterizedTest
    @CsvSource({
        "auto,",
        "sharing, 5 6",
        "video, 8 9",
        "chat_groups, 10 11 12 13 14",
        "all, 2 3 4 5 6 8 9 10 11 12 13 14"
    })
    void eventsAreAskedForByTheirGroup(String group, String numbers) throws IOException {
        Interest wanted = config(Map.of("rtms.events.request", group))
                .getConfigMapping(EventsConfig.class)
                .wanted(Interest.NONE);
        Set<String> expected = numbers == null ? Set.of() : Set.of(numbers.split(" "));
        assertEquals(
                expected,
                wanted.events(Product.MEETING).stream().map(String::valueOf).collect(Collectors.toSet()));
    }

    private static MediaConfig media(Map<String, String> values) throws IOException {
        return config(values).getConfigMapping(MediaConfig.class);
    }

    private static SmallRyeConfig config(Map<String, String> values) throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(
                                Path.of("src/main/resources/application.properties")
                                        .toUri()
                                        .toURL(),
                                100),
                        new PropertiesConfigSource(values, "given", 300))
                .withMapping(MediaConfig.class)
                .withMapping(EventsConfig.class)
                .withValidateUnknown(false)
                .build();
    }
}
