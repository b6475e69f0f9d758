/**
 * Zoom's webhooks: signature, time window, replays, URL validation, reading, de-duplication, and what each asks the manager to do (interfaces, section
 * 1). Everything here is hostile until its signature is right, and bounded until it is parsed.
 */
package io.rtms.webhook;
