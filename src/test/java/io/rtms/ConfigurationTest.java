package io.rtms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, their defaults, and Zoom's own names for some of them, in the service and where the jar is a library; and the media's parameters. */
class ConfigurationTest {
    private static final Path FILE = Path.of("src/main/resources/application.properties");

    private static JavaClasses classes;
    private static List<Class<?>> mappings;

    @BeforeAll
    static void findMappings() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.rtms");
        mappings = classes.stream()
                .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                .<Class<?>>map(JavaClass::reflect)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "ZM_RTMS_CLIENT, rtms.app.client-id",
        "ZM_RTMS_SECRET, rtms.app.client-secret",
        "ZM_RTMS_WEBHOOK_SECRET, rtms.webhook.secrets",
        "ZM_RTMS_PATH, rtms.webhook.path",
        "ZM_RTMS_CA, rtms.tls.ca"
    })
    void theNamesOfZoomsSdkWorkUnchanged(String name, String key) throws IOException {
        assertEquals("4711", service(Map.of(name, "4711")).getValue(key, String.class));
        assertEquals("4711", library(Map.of(name, "4711")).getValue(key, String.class));
    }

    @ParameterizedTest
    @CsvSource({
        "ZM_RTMS_PORT, quarkus.http.port",
        "ZM_RTMS_LOG_FORMAT, quarkus.log.console.json.enabled",
        "ZM_RTMS_LOG_LEVEL, quarkus.log.category.\"io.rtms\".level",
        "ZM_RTMS_LOG_ENABLED, quarkus.log.console.enabled"
    })
    void theNamesOfZoomsSdkForQuarkusWorkInTheService(String name, String key) throws IOException {
        assertEquals("4711", service(Map.of(name, "4711")).getValue(key, String.class));
    }

    @Test
    void aKeyOutdoesTheNameOfZoomsSdk() {
        Map<String, String> both = Map.of("ZM_RTMS_PATH", "/zoom", "rtms.webhook.path", "/own");
        assertEquals("/own", library(both).getValue("rtms.webhook.path", String.class));
    }

    @Test
    void whatMayBeEmptyIsEmptyWithoutTheNamesOfZoomsSdk() {
        RtmsConfig.Tls tls = library(Map.of()).getConfigMapping(RtmsConfig.Tls.class);
        assertEquals(Optional.empty(), tls.ca());
    }

    /** The defaults stand in the mapping interfaces, and nowhere else. */
    @Test
    void theFileOfTheServiceSetsNoKeyToItsDefault() throws IOException {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(FILE)) {
            file.load(reader);
        }
        SmallRyeConfig defaults = library(Map.of());
        int own = 0;
        for (String line : file.stringPropertyNames()) {
            String key = line.replaceFirst("^%[a-z]+\\.", "");
            if (key.startsWith("rtms.")) {
                own++;
                assertTrue(known().contains(key), line);
                String preset = defaults.getOptionalValue(key, String.class).orElse("");
                assertNotEquals(preset, file.getProperty(line), line + " is set to its default");
            }
        }
        assertTrue(own > 10, "keys in " + FILE + ": " + own);
    }

    /** A second default could differ from the first, and would stand in no reference. */
    @Test
    void noInjectionPointHasADefaultOfItsOwn() {
        List<ConfigProperty> injected = classes.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(unit -> unit.getParameters().stream())
                .flatMap(parameter -> parameter.tryGetAnnotationOfType(ConfigProperty.class).stream())
                .filter(property -> known().contains(property.name()))
                .toList();
        assertTrue(injected.stream().anyMatch(property -> property.name().equals("rtms.webhook.path")));
        assertEquals(
                List.of(),
                injected.stream()
                        .filter(property -> !property.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE))
                        .map(ConfigProperty::name)
                        .toList());
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
        Interest wanted = service(Map.of("rtms.events.request", group))
                .getConfigMapping(EventsConfig.class)
                .wanted(Interest.NONE);
        Set<String> expected = numbers == null ? Set.of() : Set.of(numbers.split(" "));
        assertEquals(
                expected,
                wanted.events(Product.MEETING).stream().map(String::valueOf).collect(Collectors.toSet()));
    }

    private static Set<String> known() {
        return mappings.stream()
                .flatMap(type -> ConfigClass.configClass(type).getProperties().keySet().stream())
                .collect(Collectors.toSet());
    }

    private static MediaConfig media(Map<String, String> values) throws IOException {
        return service(values).getConfigMapping(MediaConfig.class);
    }

    /** As in the service, outside development and tests. */
    private static SmallRyeConfig service(Map<String, String> values) throws IOException {
        return builder(values)
                .withSources(new PropertiesConfigSource(FILE.toUri().toURL(), 250))
                .build();
    }

    /** As in an application that has nothing of the service but its classes. */
    private static SmallRyeConfig library(Map<String, String> values) {
        return builder(values).build();
    }

    private static SmallRyeConfigBuilder builder(Map<String, String> values) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(values, "given", 300));
        mappings.forEach(builder::withMapping);
        return builder;
    }
}
