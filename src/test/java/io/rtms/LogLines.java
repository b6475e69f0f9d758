package io.rtms;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Everything that is logged from {@link #begin} to {@link #end}, at any level that is on: level, logger, and what is said. */
public final class LogLines extends Handler {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    public LogLines() {
        setFormatter(new PatternFormatter("%p %c %s%e"));
    }

    public void begin() {
        Logger.getLogger("").addHandler(this);
    }

    public void end() {
        Logger.getLogger("").removeHandler(this);
    }

    @Override
    public void publish(LogRecord logRecord) {
        lines.add(getFormatter().format(logRecord));
    }

    public String text() {
        return String.join("\n", lines);
    }

    /** Lines that contain these words. */
    public List<String> with(String words) {
        return lines.stream().filter(line -> line.contains(words)).toList();
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        lines.clear();
    }
}
