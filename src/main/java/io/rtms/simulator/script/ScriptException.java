package io.rtms.simulator.script;

/** A meeting script that cannot be read; the message names the file and the line. */
public class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /** @param line counted from 1; 0 where there are no lines */
    ScriptException(String name, int line, String problem) {
        super(name + (line > 0 ? ", line " + line : "") + ": " + problem);
        this.line = line;
    }

    ScriptException(String name, String problem, Throwable cause) {
        super(name + ": " + problem, cause);
        this.line = 0;
    }

    /** The line that is wrong, counted from 1; 0 where there are no lines, or the file could not be read at all. */
    public int line() {
        return line;
    }
}
