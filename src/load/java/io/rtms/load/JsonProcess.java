package io.rtms.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that takes lines and answers each with a line of JSON, {@code rtms-load} for one. It ends with its input. */
final class JsonProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter lines;

    private JsonProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader();
        this.lines = process.outputWriter();
    }

    /** Starts {@code rtms-load}, see {@link #start}. */
    static JsonProcess generator(String processors, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Commands.required("load.generator")));
        command.addAll(arguments);
        return start(processors, command);
    }

    /** Starts it on these processors, as {@code taskset} counts them; on any where empty. */
    static JsonProcess start(String processors, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(Commands.on(processors));
        command.addAll(words);
        return new JsonProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Says this and reads the answer. */
    JsonNode ask(String line) throws IOException {
        lines.write(line);
        lines.newLine();
        lines.flush();
        return answer();
    }

    /** The next answer. */
    JsonNode answer() throws IOException {
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("a process of the load has ended");
        }
        return JSON.readTree(answer);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        lines.close();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
