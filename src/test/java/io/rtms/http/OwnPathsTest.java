package io.rtms.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.rtms.access.OpenDoor;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnPathsTest {
    @Test
    void everyResourceThatIsNoOpenDoorIsGuarded() {
        List<String> paths = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.rtms").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .filter(type -> !type.isAssignableTo(OpenDoor.class))
                        .map(OwnPathsTest::path)
                        .toList();
        assertFalse(paths.isEmpty());
        assertEquals(
                List.of(),
                paths.stream()
                        .filter(path -> OwnPaths.GUARDED.stream()
                                .noneMatch(root -> path.equals(root) || path.startsWith(root + "/")))
                        .toList());
    }

    private static String path(JavaClass type) {
        return type.getAnnotationOfType(Path.class).value().replaceFirst("^/", "");
    }

    @Test
    void theyStandBelowTheRootPathHoweverTheyAreWritten() {
        OwnPaths paths = new OwnPaths("/zoom", "/hooks/", Optional.of(List.of("/keywords/", " api ")));
        assertEquals("/zoom/", paths.root());
        assertEquals(
                List.of(
                        "/zoom/api/streams",
                        "/zoom/api/loops",
                        "/zoom/api/nodes",
                        "/zoom/api/drain",
                        "/zoom/api/tickets",
                        "/zoom/simulator",
                        "/zoom/keywords",
                        "/zoom/api"),
                paths.guarded());
    }
}
