package io.rtms.doc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docker/configuration.md} says what the mapping interfaces say. */
class ConfigurationReferenceTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path TEMPLATE = Path.of("src/test/resources/doc/configuration.md");
    private static final Path REFERENCE = Path.of("docker/configuration.md");
    private static final Path NAMES = Path.of("src/main/resources/META-INF/rtms-keys.txt");

    private static final String COMMAND =
            "./mvnw test -Dskip.ctest -Dtest=ConfigurationReferenceTest -Drtms.docs.write=true";

    private static SourceComments comments;
    private static ConfigurationReference reference;
    private static String text;

    @BeforeAll
    static void readSources() throws IOException {
        comments = SourceComments.read(SOURCES);
        reference = new ConfigurationReference(comments);
        text = reference.fill(Files.readString(TEMPLATE));
    }

    @Test
    void theReferenceIsUpToDate() throws IOException {
        assertUpToDate(REFERENCE, text);
    }

    @Test
    void theListOfNamesIsUpToDate() throws IOException {
        assertUpToDate(NAMES, reference.keyNames());
    }

    @Test
    void everyKeyOfEveryMappingIsThere() {
        Set<String> expected = comments.mappings().stream()
                .flatMap(mapping -> ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet().stream())
                .filter(name -> !name.endsWith("[*]"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> names =
                reference.keys().stream().map(ConfigKey::name).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, names);
        names.forEach(name -> assertTrue(text.contains("#### `" + name.replace("*", "<name>") + "`\n"), name));
    }

    @Test
    void everyValueIsUnderstoodAsItIsShown() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().build();
        for (ConfigKey key : reference.keys()) {
            for (Enum<?> constant : ValueWords.constants(key.type())) {
                assertSame(constant, config.convert(ValueWords.spelling(constant), constant.getDeclaringClass()));
            }
        }
    }

    @Test
    void everyLinkWithinTheReferenceLeadsSomewhere() {
        Set<String> headings = text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase()
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
        Set<String> links = Pattern.compile("]\\(#([^)]*)\\)")
                .matcher(text)
                .results()
                .map(link -> link.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(links.size() > 5, links.toString());
        links.removeAll(headings);
        assertEquals(Set.of(), links);
    }

    @Test
    void aKeyHasItsVariablesItsTypeItsDefaultAndItsWords() {
        assertTrue(text.contains("""
                #### `rtms.webhook.path`

                `RTMS_WEBHOOK_PATH` or `ZM_RTMS_PATH` · text · default `/webhook`

                Where Zoom posts its webhooks;"""));
        assertTrue(text.contains("`RTMS_APPS_<NAME>_CLIENT_ID` · text · no default"));
        assertTrue(text.contains("`RTMS_RELAY_NODE` · text · default the variable `HOSTNAME`, else `localhost`"));
        assertTrue(text.contains("* `never`: When a stream is over"));
    }

    @Test
    void aMappingWithoutAPlaceInTheTemplateIsNamed() {
        IllegalArgumentException missing =
                assertThrows(IllegalArgumentException.class, () -> reference.fill("<!-- keys: rtms.app -->"));
        assertTrue(missing.getMessage().contains("rtms.webhook"), missing.getMessage());
    }

    private static void assertUpToDate(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("rtms.docs.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> wanted = expected.lines().toList();
        int same = 0;
        while (same < Math.min(lines.size(), wanted.size()) && lines.get(same).equals(wanted.get(same))) {
            same++;
        }
        if (same < Math.max(lines.size(), wanted.size())) {
            fail("%s differs from the sources at line %d: %s\nWrite it anew: %s"
                    .formatted(file, same + 1, same < wanted.size() ? wanted.get(same) : "is too much", COMMAND));
        }
    }
}
