package io.rtms.simulator.fault;

/** Webhooks that tell of a stream (rtms-protocol section 1.2); their labels are the end of Zoom's names, as in {@code meeting.rtms_started}. */
public enum WebhookKind implements Labelled {
    STARTED,
    INTERRUPTED,
    STOPPED
}
