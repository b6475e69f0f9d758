package io.rtms.load;

import java.io.IOException;
import java.util.List;

/** What the starting of processes has in common. */
final class Commands {
    private Commands() {}

    /** The beginning of a command that is to run on these processors alone. */
    static List<String> on(String processors) {
        return processors.isEmpty() ? List.of() : List.of("taskset", "-c", processors);
    }

    /** Runs a command and waits for it. */
    static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed with status " + process.exitValue());
        }
    }

    /** A system property that the build sets. */
    static String required(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the system property " + name + " is missing");
        }
        return value;
    }
}
