package io.rtms.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Finds the two native libraries: ours, and that of JNA. Each comes from the folder that {@code rtms.native.dir} names, or lies beside the executable
 * (or the jar that was started), or is unpacked from the class path into a folder of its own that only this user can open, and is gone from there as
 * soon as it is loaded. To be used before any class of JNA.
 */
final class NativeLibraries {
    /** File name of ours. */
    static final String RTMS = "librtms.so";

    /** Described in {@code RtmsConfig.Native}, which this room does not know. */
    private static final String KEY = "rtms.native.dir";

    private static final String JNA = "libjnidispatch.so";
    private static final String JNA_FOLDER = "jna.boot.library.path";
    private static final String PLATFORM =
            System.getProperty("os.arch").equals("amd64") ? "linux-x86-64" : "linux-" + System.getProperty("os.arch");

    private NativeLibraries() {}

    /** What loads a library that lies at this path. */
    interface Loader<T> {
        T load(Path library);
    }

    /**
     * Has our library loaded, with JNA told where its own is.
     *
     * @throws UnsatisfiedLinkError where there is none
     */
    static <T> T load(Loader<T> loader) {
        Optional<Path> folder = folder();
        Optional<Path> rtms = folder.map(dir -> dir.resolve(RTMS)).filter(Files::isRegularFile);
        Optional<Path> jna = folder.map(dir -> dir.resolve(JNA)).filter(Files::isRegularFile);
        try {
            Optional<Path> ours = rtms.or(() -> onDisk(PLATFORM + "/" + RTMS));
            boolean jnaIsKnown = System.getProperty(JNA_FOLDER) != null;
            if (jna.isPresent() && !jnaIsKnown) {
                System.setProperty(JNA_FOLDER, jna.get().getParent().toString());
                jnaIsKnown = true;
            }
            return ours.isPresent() && jnaIsKnown ? loader.load(ours.get()) : unpacked(loader, ours, !jnaIsKnown);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the native library cannot be unpacked into the folder for temporary files; name a folder that has it in "
                            + KEY,
                    e);
        }
    }

    private static <T> T unpacked(Loader<T> loader, Optional<Path> ours, boolean jnaToo) throws IOException {
        Path folder = Files.createTempDirectory("rtms-native-");
        Path rtms = folder.resolve(RTMS);
        Path jna = folder.resolve(JNA);
        try {
            if (ours.isEmpty()) {
                unpack(PLATFORM + "/" + RTMS, rtms);
            }
            if (jnaToo) {
                unpack("com/sun/jna/" + PLATFORM + "/" + JNA, jna);
                System.setProperty(JNA_FOLDER, folder.toString());
            }
            return loader.load(ours.orElse(rtms));
        } finally {
            if (jnaToo) {
                System.clearProperty(JNA_FOLDER);
            }
            Files.deleteIfExists(rtms);
            Files.deleteIfExists(jna);
            Files.deleteIfExists(folder);
        }
    }

    private static void unpack(String resource, Path target) throws IOException {
        try (InputStream library = NativeLibraries.class.getClassLoader().getResourceAsStream(resource)) {
            if (library == null) {
                throw new UnsatisfiedLinkError(
                        "this build has no %s: it was made for another system than %s".formatted(resource, PLATFORM));
            }
            Files.copy(library, target);
        }
    }

    /** Classes that are not in a jar lie on disk, and so does what is beside them. */
    private static Optional<Path> onDisk(String resource) {
        URL url = NativeLibraries.class.getClassLoader().getResource(resource);
        return Optional.ofNullable(url)
                .filter(there -> there.getProtocol().equals("file"))
                .map(there -> Path.of(URI.create(there.toString())));
    }

    /** The folder to look into first. */
    private static Optional<Path> folder() {
        Optional<Path> configured = ConfigProvider.getConfig()
                .getOptionalValue(KEY, String.class)
                .filter(dir -> !dir.isBlank())
                .map(Path::of);
        if (configured.isPresent() && !Files.isRegularFile(configured.get().resolve(RTMS))) {
            throw new UnsatisfiedLinkError("%s=%s: there is no %s".formatted(KEY, configured.get(), RTMS));
        }
        return configured.or(NativeLibraries::besideTheProgram);
    }

    private static Optional<Path> besideTheProgram() {
        boolean isExecutable = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
        Optional<String> program = isExecutable
                ? ProcessHandle.current().info().command()
                : Optional.of(System.getProperty("java.class.path").split(":")[0]);
        return program.map(file -> Path.of(file).toAbsolutePath().getParent());
    }
}
