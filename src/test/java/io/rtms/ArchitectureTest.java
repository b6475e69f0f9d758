package io.rtms;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A package knows only what stands below it: doors, manager, stream, loop, sdk; event and media are known to all and know none. */
class ArchitectureTest {
    private static final String ROOT = "io.rtms";
    private static final List<String> DOORS = List.of("webhook", "api", "transcript", "access", "ops", "simulator");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @TestFactory
    List<DynamicTest> everyRoomKnowsOnlyTheRoomsBelow() {
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(rule(
                "media",
                List.of(
                        "event",
                        "sdk",
                        "loop",
                        "stream",
                        "http",
                        "webhook",
                        "api",
                        "transcript",
                        "access",
                        "ops",
                        "simulator")));
        tests.add(rule(
                "event",
                List.of(
                        "sdk",
                        "loop",
                        "stream",
                        "http",
                        "webhook",
                        "api",
                        "transcript",
                        "access",
                        "ops",
                        "simulator")));
        tests.add(rule(
                "sdk",
                List.of(
                        "event",
                        "media",
                        "loop",
                        "stream",
                        "http",
                        "webhook",
                        "api",
                        "transcript",
                        "access",
                        "ops",
                        "simulator")));
        tests.add(rule(
                "loop",
                List.of(
                        "event",
                        "media",
                        "stream",
                        "http",
                        "webhook",
                        "api",
                        "transcript",
                        "access",
                        "ops",
                        "simulator")));
        tests.add(rule("stream", List.of("http", "webhook", "api", "transcript", "access", "ops", "simulator")));
        tests.add(rule(
                "http",
                List.of(
                        "event",
                        "media",
                        "sdk",
                        "loop",
                        "stream",
                        "webhook",
                        "api",
                        "transcript",
                        "access",
                        "ops",
                        "simulator")));
        for (String door : DOORS) {
            tests.add(rule(door, doorsBeside(door)));
        }
        tests.add(DynamicTest.dynamicTest(
                "nothing below the manager knows it",
                () -> noClasses()
                        .that()
                        .resideInAnyPackage(packages(List.of("event", "media", "sdk", "loop", "stream", "http")))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(ROOT)
                        .check(classes)));
        tests.add(DynamicTest.dynamicTest(
                "the manager knows no door",
                () -> noClasses()
                        .that()
                        .resideInAPackage(ROOT)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(packages(DOORS))
                        .check(classes)));
        tests.add(DynamicTest.dynamicTest(
                "only sdk knows JNA",
                () -> noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + ".sdk..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("com.sun.jna..")
                        .check(classes)));
        return tests;
    }

    /** Access guards, so the other doors may lean on it. */
    private static List<String> doorsBeside(String door) {
        return DOORS.stream()
                .filter(other -> !other.equals(door) && !other.equals("access"))
                .toList();
    }

    private DynamicTest rule(String room, List<String> forbidden) {
        return DynamicTest.dynamicTest(
                room + " knows none of " + forbidden,
                () -> noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + room + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(packages(forbidden))
                        .check(classes));
    }

    private static String[] packages(List<String> rooms) {
        return rooms.stream().map(room -> ROOT + "." + room + "..").toArray(String[]::new);
    }
}
