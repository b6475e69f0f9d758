package io.rtms.event;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A webhook whose signature and time were right; fired for every one, also for events that this service does not act on. It belongs to the
 * account rather than to a stream, so it is no {@link RtmsEvent}.
 *
 * @param app name of the app whose secret signed it
 * @param event Zoom's name of the event, e.g. {@code meeting.rtms_started}
 * @param timestamp {@code event_ts}, milliseconds since the epoch
 * @param payload the {@code payload} object as received; not to be changed
 */
public record WebhookReceived(String app, String event, long timestamp, JsonNode payload) {}
