/**
 * Event loops: each drives one native loop with a virtual thread and hands every frame to the client it belongs to; a pool spreads clients
 * over several. Knows {@code sdk} only.
 */
package io.rtms.loop;
