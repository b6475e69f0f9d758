package io.rtms;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.rtms.event.Cause;
import io.rtms.stream.JoinRequest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Traces how streams begin, where traces are exported ({@code quarkus.otel.exporter.otlp.endpoint}); else costs next to nothing. An application that embeds
 * the service may be without OpenTelemetry. For any thread.
 */
@Singleton
public class StreamTraces {
    private final Tracer tracer;
    /** Those of which no reader has been sent a line, by stream id. */
    private final Map<String, StreamTrace> unread = new ConcurrentHashMap<>();

    StreamTraces(Instance<OpenTelemetry> telemetry) {
        OpenTelemetry found = telemetry.isResolvable() ? telemetry.get() : OpenTelemetry.noop();
        this.tracer = found.getTracer("io.rtms");
    }

    /** A stream is joined; the trace goes on that is current here. */
    StreamTrace begin(JoinRequest request) {
        return new StreamTrace(
                tracer,
                Attributes.builder()
                        .put("rtms.stream_id", request.stream().streamId())
                        .put("rtms.product", request.stream().product().eventPrefix())
                        .put("rtms.app", request.app())
                        .build());
    }

    /** Its media flow for the first time. */
    void joined(String streamId, StreamTrace trace) {
        trace.joined();
        if (trace.isRecorded()) {
            unread.put(streamId, trace);
        }
    }

    /** It is over. */
    void left(String streamId, StreamTrace trace, Cause cause) {
        trace.left(cause);
        unread.remove(streamId, trace);
    }

    /** A reader was sent a transcript line of this stream. */
    public void relayed(String streamId) {
        StreamTrace trace = unread.remove(streamId);
        if (trace != null) {
            trace.relayed();
        }
    }
}
