package io.rtms;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which room knows which: doors above the manager, below it stream, loop and sdk; event and media are known to many and know none. */
class ArchitectureTest {
    private static final String ROOT = "io.rtms";
    private static final String MANAGER = "";
    private static final Set<String> BELOW_DOORS =
            Set.of("access", MANAGER, "stream", "loop", "sdk", "event", "media", "http");

    private static final Map<String, Set<String>> KNOWS = new TreeMap<>(Map.ofEntries(
            Map.entry("webhook", BELOW_DOORS),
            Map.entry("api", BELOW_DOORS),
            Map.entry("transcript", BELOW_DOORS),
            Map.entry("ops", BELOW_DOORS),
            Map.entry("simulator", BELOW_DOORS),
            Map.entry("access", Set.of("http")),
            Map.entry(MANAGER, Set.of("stream", "loop", "sdk", "event", "media")),
            Map.entry("stream", Set.of("loop", "sdk", "event", "media")),
            Map.entry("loop", Set.of("sdk")),
            Map.entry("sdk", Set.of()),
            Map.entry("event", Set.of("media")),
            Map.entry("media", Set.of()),
            Map.entry("http", Set.of())));

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> everyRoomKnowsOnlyWhatItMay() {
        return KNOWS.keySet().stream()
                .map(room -> DynamicTest.dynamicTest(
                        room + " knows " + KNOWS.get(room),
                        () -> noClasses()
                                .that()
                                .resideInAPackage(packageOf(room))
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(forbidden(room))
                                .check(classes)));
    }

    @Test
    void onlySdkKnowsJna() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("sdk"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(classes);
    }

    @Test
    void everyRoomHasItsRule() {
        Set<String> rooms = classes.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.equals(ROOT)
                        ? MANAGER
                        : name.substring(ROOT.length() + 1).split("\\.")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(KNOWS.keySet(), rooms);
    }

    private static String[] forbidden(String room) {
        return KNOWS.keySet().stream()
                .filter(other -> !other.equals(room) && !KNOWS.get(room).contains(other))
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);
    }

    private static String packageOf(String room) {
        return room.equals(MANAGER) ? ROOT : ROOT + "." + room + "..";
    }
}
