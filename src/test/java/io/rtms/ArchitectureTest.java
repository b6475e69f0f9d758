package io.rtms;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.websockets.next.WebSocket;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which room knows which: doors above the manager, below it stream, loop and sdk; event and media are known to many and know none. */
class ArchitectureTest {
    private static final String ROOT = "io.rtms";
    private static final String MANAGER = "";
    private static final Set<String> BELOW_DOORS =
            Set.of("access", "cluster", MANAGER, "stream", "loop", "sdk", "event", "media", "http");

    private static final Map<String, Set<String>> KNOWS = new TreeMap<>(Map.ofEntries(
            Map.entry("webhook", BELOW_DOORS),
            Map.entry("api", BELOW_DOORS),
            Map.entry("transcript", BELOW_DOORS),
            Map.entry("ops", BELOW_DOORS),
            Map.entry("simulator", BELOW_DOORS),
            Map.entry("cluster", Set.of("access", MANAGER, "stream", "event", "media")),
            Map.entry("access", Set.of("http")),
            Map.entry(MANAGER, Set.of("stream", "loop", "sdk", "event", "media")),
            Map.entry("stream", Set.of("loop", "sdk", "event", "media")),
            Map.entry("loop", Set.of("sdk")),
            Map.entry("sdk", Set.of()),
            Map.entry("event", Set.of("media")),
            Map.entry("media", Set.of()),
            Map.entry("http", Set.of())));

    private static final String TRANSCRIPT = ROOT + ".transcript";
    private static final String LOGS = "";

    /** Rooms within transcript: relay and export above the logs of all streams, below these the files, at the bottom what a log is. */
    private static final Map<String, Set<String>> TRANSCRIPT_KNOWS = new TreeMap<>(Map.ofEntries(
            Map.entry("relay", Set.of(LOGS, "log")),
            Map.entry("export", Set.of(LOGS, "log")),
            Map.entry(LOGS, Set.of("disk", "shared", "log")),
            Map.entry("shared", Set.of("log")),
            Map.entry("disk", Set.of("log")),
            Map.entry("log", Set.of())));

    private static final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> everyRoomKnowsOnlyWhatItMay() {
        return rules(ROOT, KNOWS);
    }

    @TestFactory
    Stream<DynamicTest> everyRoomWithinTranscriptKnowsOnlyWhatItMay() {
        return rules(TRANSCRIPT, TRANSCRIPT_KNOWS);
    }

    @Test
    void onlySdkKnowsJna() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf(ROOT, "sdk"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(classes);
    }

    /** In tests and development of a program that embeds this, the generated classes come from another class loader, and are in another package by that. */
    @Test
    void whatTheFrameworkCallsFromClassesThatItGeneratesIsPublic() {
        methods()
                .that()
                .areAnnotatedWith(ServerRequestFilter.class)
                .or()
                .areAnnotatedWith(ServerResponseFilter.class)
                .or()
                .areAnnotatedWith(ServerExceptionMapper.class)
                .should()
                .bePublic()
                .andShould()
                .beDeclaredInClassesThat()
                .arePublic()
                .check(classes);
        classes()
                .that()
                .areAnnotatedWith(Path.class)
                .or()
                .areAnnotatedWith(WebSocket.class)
                .should()
                .bePublic()
                .check(classes);
    }

    @Test
    void everyRoomHasItsRule() {
        assertEquals(KNOWS.keySet(), rooms(ROOT));
        assertEquals(TRANSCRIPT_KNOWS.keySet(), rooms(TRANSCRIPT));
    }

    private Stream<DynamicTest> rules(String root, Map<String, Set<String>> knows) {
        return knows.keySet().stream()
                .map(room -> DynamicTest.dynamicTest(
                        room + " knows " + knows.get(room),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(packageOf(root, room))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(forbidden(root, knows, room))
                                .check(classes)));
    }

    /** The rooms that there are within a package; the empty name is that of the package itself. */
    private Set<String> rooms(String root) {
        return classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.equals(root) || name.startsWith(root + "."))
                .map(name -> name.equals(root)
                        ? ""
                        : name.substring(root.length() + 1).split("\\.")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String[] forbidden(String root, Map<String, Set<String>> knows, String room) {
        return knows.keySet().stream()
                .filter(other -> !other.equals(room) && !knows.get(room).contains(other))
                .map(other -> packageOf(root, other))
                .toArray(String[]::new);
    }

    private static String packageOf(String root, String room) {
        return room.isEmpty() ? root : root + "." + room + "..";
    }
}
