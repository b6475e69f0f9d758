package io.rtms.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docker/ says in several places is the same in all of them, and names nothing that is not there. What an image does is shown by docker/prove.sh. */
class DockerFilesTest {
    private static final Path DOCKER = Path.of("docker");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void whatIsCopiedExistsAndIsNotIgnored(String dockerfile) throws IOException {
        List<String> context = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        List<String> sources = instructions(dockerfile, "COPY")
                .filter(copy -> !copy.startsWith("--from="))
                .flatMap(copy -> Arrays.stream(copy.split(" ")).limit(copy.split(" ").length - 1))
                .toList();
        assertTrue(sources.contains("src"), sources::toString);
        for (String source : sources) {
            assertTrue(Files.exists(Path.of(source)), source);
            assertTrue(
                    context.stream().anyMatch(entry -> Path.of(source).startsWith(entry)),
                    () -> source + " is left out by .dockerignore");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void everyStepIsAScriptThatCanBeRun(String dockerfile) throws IOException {
        List<String> scripts = instructions(dockerfile, "RUN")
                .flatMap(run -> Arrays.stream(run.split(" ")))
                .filter(word -> word.contains("steps/") && !word.startsWith("--"))
                .map(word -> "docker/" + word.substring(word.indexOf("steps/")))
                .toList();
        assertEquals(instructions(dockerfile, "RUN").count(), scripts.size());
        for (String script : scripts) {
            assertTrue(Files.isExecutable(Path.of(script)), script);
        }
    }

    @Test
    void theTwoImagesDifferInWhatIsRunAlone() throws IOException {
        Set<String> jvm = new TreeSet<>(image("Dockerfile.jvm"));
        Set<String> inNative = new TreeSet<>(image("Dockerfile.native"));
        Set<String> common = new TreeSet<>(jvm);
        common.retainAll(inNative);
        jvm.removeAll(common);
        inNative.removeAll(common);
        Set<String> different = Stream.concat(jvm.stream(), inNative.stream())
                .map(line -> line.replaceFirst("(--start-period|=).*", ""))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "ENTRYPOINT [\"/opt/rtms/java/bin/java\", \"-XX:AOTCache",
                        "ENTRYPOINT [\"/opt/rtms/bin/rtms-service\", \"-XX:MaximumHeapSizePercent",
                        "LABEL org.opencontainers.image.description",
                        "HEALTHCHECK --interval"),
                different);
    }

    @Test
    void composeRunsTheImageAsItIsMeantToBeRun() throws IOException {
        JsonNode service =
                YAML.readTree(DOCKER.resolve("compose.yaml").toFile()).at("/services/rtms");
        String healthcheck = single("Dockerfile.jvm", "HEALTHCHECK");
        assertTrue(
                healthcheck.endsWith("CMD [\"%s\", \"%s\"]"
                        .formatted(
                                service.at("/healthcheck/test/1").asText(),
                                service.at("/healthcheck/test/2").asText())),
                healthcheck);
        assertEquals(
                "data:" + single("Dockerfile.jvm", "VOLUME"),
                service.at("/volumes/0").asText());
        assertTrue(service.path("read_only").asBoolean());
    }

    @Test
    void composeMountsFilesThatExist() throws IOException {
        List<String> mounted = YAML.readTree(DOCKER.resolve("compose.yaml").toFile())
                .path("services")
                .valueStream()
                .flatMap(service -> service.path("volumes").valueStream())
                .map(JsonNode::asText)
                .filter(volume -> volume.startsWith("./"))
                .map(volume -> volume.substring(2, volume.indexOf(':')))
                .toList();
        assertFalse(mounted.isEmpty());
        mounted.forEach(file -> assertTrue(Files.exists(DOCKER.resolve(file)), file));
    }

    @Test
    void kubernetesRunsTheImageAsItIsMeantToBeRun() throws IOException {
        Path folder = DOCKER.resolve("kubernetes");
        JsonNode pod =
                YAML.readTree(folder.resolve("statefulset.yaml").toFile()).at("/spec/template/spec");
        String user = single("Dockerfile.jvm", "USER");
        assertEquals(
                user,
                pod.at("/securityContext/runAsUser").asText() + ":"
                        + pod.at("/securityContext/runAsGroup").asText());
        assertEquals(
                single("Dockerfile.jvm", "VOLUME"),
                pod.at("/containers/0/volumeMounts/0/mountPath").asText());
        assertTrue(Files.readString(DOCKER.resolve("steps/runtime"))
                .contains("--uid " + user.substring(0, user.indexOf(':')) + " "));
        YAML.readTree(folder.resolve("kustomization.yaml").toFile())
                .path("resources")
                .forEach(resource -> assertTrue(Files.exists(folder.resolve(resource.asText())), resource::asText));
    }

    /** Its patches are of what is there, and change what is to be changed. */
    @Test
    void kubernetesRunsSeveralNodesOnTheRedisThatItStarts() throws IOException {
        Path folder = DOCKER.resolve("kubernetes-cluster");
        JsonNode kustomization =
                YAML.readTree(folder.resolve("kustomization.yaml").toFile());
        kustomization
                .path("resources")
                .forEach(resource -> assertTrue(Files.exists(folder.resolve(resource.asText())), resource::asText));
        String redis = YAML.readTree(folder.resolve("valkey.yaml").toFile())
                .at("/metadata/name")
                .asText();
        for (JsonNode patch : kustomization.path("patches")) {
            String kind = patch.at("/target/kind").asText().toLowerCase(Locale.ROOT);
            JsonNode base = YAML.readTree(
                    DOCKER.resolve("kubernetes").resolve(kind + ".yaml").toFile());
            assertEquals(
                    patch.at("/target/name").asText(), base.at("/metadata/name").asText());
            for (JsonNode change : YAML.readTree(patch.path("patch").asText())) {
                String path = change.path("path").asText();
                boolean isAdded = change.path("op").asText().equals("add");
                String parent = path.substring(0, path.lastIndexOf('/'));
                assertFalse(base.at(isAdded ? parent : path).isMissingNode(), path);
                if (path.endsWith("QUARKUS_REDIS_HOSTS")) {
                    assertEquals(
                            "redis://" + redis + ":6379", change.path("value").asText());
                }
            }
        }
    }

    /** The lines of the last stage. */
    private static List<String> image(String dockerfile) throws IOException {
        List<String> lines = lines(dockerfile);
        int last = lines.lastIndexOf("FROM ${DEBIAN} AS image");
        assertTrue(last > 0, dockerfile);
        return lines.subList(last, lines.size());
    }

    private static String single(String dockerfile, String instruction) throws IOException {
        List<String> found = instructions(dockerfile, instruction).toList();
        assertEquals(1, found.size(), instruction);
        return found.getFirst();
    }

    private static Stream<String> instructions(String dockerfile, String instruction) throws IOException {
        return lines(dockerfile).stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1));
    }

    private static List<String> lines(String dockerfile) throws IOException {
        String text = Files.readString(DOCKER.resolve(dockerfile))
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\s*\\\\\n\\s*", " ");
        return text.lines().filter(line -> !line.isBlank()).toList();
    }
}
