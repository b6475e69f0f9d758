package io.rtms.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Finds the native libraries, ours and that of JNA, and the program of isolated loops. Each comes from the folder that {@code rtms.native.dir} names, or lies beside the executable
 * (or the jar that was started), or is unpacked from the class path into a folder of its own that only this user can open, and is gone from there as
 * soon as it is loaded; the worker's is gone when this process ends. To be used before any class of JNA.
 */
final class NativeLibraries {
    private static final String WORKER = "rtms-worker";

    /** Described in {@code RtmsConfig.Native}, which this room does not know. */
    private static final String KEY = "rtms.native.dir";

    private static final String JNA = "libjnidispatch.so";
    private static final String JNA_FOLDER = "jna.boot.library.path";
    private static final String PLATFORM =
            System.getProperty("os.arch").equals("amd64") ? "linux-x86-64" : "linux-" + System.getProperty("os.arch");

    private NativeLibraries() {}

    /**
     * What an isolated loop's process needs.
     *
     * @param program to be started
     * @param library whose engine it runs
     */
    record Worker(Path program, Path library) {}

    private static final class Unpacked {
        /** Once for the process: workers are started again as long as it lives. */
        private static final Path FOLDER = folder();

        private static Path folder() {
            try {
                Path folder = Files.createTempDirectory("rtms-worker-");
                folder.toFile().deleteOnExit();
                for (String file : List.of(WORKER, Engine.Kind.BUILTIN.library())) {
                    Path target = folder.resolve(file);
                    unpack(PLATFORM + "/" + file, target);
                    target.toFile().deleteOnExit();
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
                }
                return folder;
            } catch (IOException e) {
                throw cannotUnpack(e);
            }
        }
    }

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
        String name = Engine.configured().ownLibrary();
        Optional<Path> jna = folder(name).map(dir -> dir.resolve(JNA)).filter(Files::isRegularFile);
        try {
            Optional<Path> ours = name.equals(Engine.Kind.ZOOM.library()) ? Optional.of(zoom()) : find(name);
            boolean jnaIsKnown = System.getProperty(JNA_FOLDER) != null;
            if (jna.isPresent() && !jnaIsKnown) {
                System.setProperty(JNA_FOLDER, jna.get().getParent().toString());
                jnaIsKnown = true;
            }
            return ours.isPresent() && jnaIsKnown ? loader.load(ours.get()) : unpacked(loader, ours, !jnaIsKnown);
        } catch (IOException e) {
            throw cannotUnpack(e);
        }
    }

    /**
     * The program and the library of isolated loops.
     *
     * @throws UnsatisfiedLinkError where one of them is missing
     */
    static Worker worker(Engine.Kind engine) {
        Optional<Path> program = find(WORKER);
        if (engine == Engine.Kind.ZOOM) {
            return new Worker(program.orElseGet(() -> Unpacked.FOLDER.resolve(WORKER)), zoom());
        }
        Optional<Path> library = find(engine.library());
        return program.isPresent() && library.isPresent()
                ? new Worker(program.get(), library.get())
                : new Worker(Unpacked.FOLDER.resolve(WORKER), Unpacked.FOLDER.resolve(engine.library()));
    }

    /** The adapter for Zoom's SDK, which cannot come with the service. */
    private static Path zoom() {
        String name = Engine.Kind.ZOOM.library();
        return find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError(
                        "rtms.engine=zoom: there is no %s in %s. It has to be built with Zoom's SDK, as native/README.md says"
                                .formatted(
                                        name, folder(name).map(Path::toString).orElse("the folder of the service"))));
    }

    /** A file in the folder to look into first, or on disk beside our classes. */
    private static Optional<Path> find(String name) {
        return folder(name)
                .map(dir -> dir.resolve(name))
                .filter(Files::isRegularFile)
                .or(() -> onDisk(PLATFORM + "/" + name));
    }

    private static UncheckedIOException cannotUnpack(IOException cause) {
        return new UncheckedIOException(
                "the native library cannot be unpacked into the folder for temporary files; name a folder that has it in "
                        + KEY,
                cause);
    }

    private static <T> T unpacked(Loader<T> loader, Optional<Path> ours, boolean jnaToo) throws IOException {
        Path folder = Files.createTempDirectory("rtms-native-");
        Path rtms = folder.resolve(Engine.Kind.BUILTIN.library());
        Path jna = folder.resolve(JNA);
        try {
            if (ours.isEmpty()) {
                unpack(PLATFORM + "/" + Engine.Kind.BUILTIN.library(), rtms);
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

    /** The folder to look into first; one that is configured has to have our library. */
    private static Optional<Path> folder(String name) {
        Optional<Path> configured = ConfigProvider.getConfig()
                .getOptionalValue(KEY, String.class)
                .filter(dir -> !dir.isBlank())
                .map(Path::of);
        if (configured.isPresent() && !Files.isRegularFile(configured.get().resolve(name))) {
            throw new UnsatisfiedLinkError("%s=%s: there is no %s".formatted(KEY, configured.get(), name));
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
