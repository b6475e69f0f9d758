package io.rtms.loop;

import org.jboss.logging.MDC;

/** Marks the lines that this thread logs as being about one stream, until it is closed: field {@value #STREAM_ID} of the log's context (MDC). */
public final class LogContext implements AutoCloseable {
    /** Name of the field. */
    public static final String STREAM_ID = "streamId";

    private final Object before;

    private LogContext(String streamId) {
        before = MDC.get(STREAM_ID);
        if (!streamId.isEmpty()) {
            MDC.put(STREAM_ID, streamId);
        }
    }

    /** From now on; an empty id changes nothing. */
    public static LogContext of(String streamId) {
        return new LogContext(streamId);
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.remove(STREAM_ID);
        } else {
            MDC.put(STREAM_ID, before);
        }
    }
}
