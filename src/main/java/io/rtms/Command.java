package io.rtms;

import java.util.List;

/** Something that the program does instead of serving, as {@code --check}. A bean; nothing of the service is started, no port is opened. */
public interface Command {
    /** The option that asks for it. */
    String option();

    /**
     * Does it, talking to standard output.
     *
     * @param arguments what follows the option
     * @return the exit status
     */
    int run(List<String> arguments);
}
