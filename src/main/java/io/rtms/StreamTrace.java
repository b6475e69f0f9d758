package io.rtms;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.rtms.event.Cause;
import io.rtms.media.MediaType;

/**
 * Where one stream's beginning spends its time, as spans of the trace of its webhook: {@code rtms.join} until media flow, then {@code rtms.first-media}
 * until observers have had the first frame, and beside it {@code rtms.first-relay} until a reader has been sent the first line. What never comes is
 * no span. For the stream's thread, and {@link #relayed} for any.
 */
final class StreamTrace {
    private final Tracer tracer;
    private final Context parent;
    private final Attributes attributes;
    private final Span join;
    private Span media = Span.getInvalid();
    private volatile Span relay = Span.getInvalid();

    /** Begins the first span, in the context that is current. */
    StreamTrace(Tracer tracer, Attributes attributes) {
        this.tracer = tracer;
        this.attributes = attributes;
        this.parent = Context.current();
        this.join = begin("rtms.join");
    }

    /** Whether anybody will see it. */
    boolean isRecorded() {
        return join.getSpanContext().isSampled();
    }

    void joined() {
        join.end();
        media = begin("rtms.first-media");
        relay = begin("rtms.first-relay");
    }

    void firstMedia(MediaType type) {
        media.setAttribute("rtms.media", type.label()).end();
    }

    void relayed() {
        relay.end();
    }

    /** Of a span that has ended this changes nothing. */
    void left(Cause cause) {
        if (!cause.name().isEmpty()) {
            join.setStatus(StatusCode.ERROR, cause.name());
        }
        join.end();
    }

    private Span begin(String name) {
        return tracer.spanBuilder(name)
                .setParent(parent)
                .setAllAttributes(attributes)
                .startSpan();
    }
}
