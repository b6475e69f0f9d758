/**
 * A simulated Zoom in the same process, for development, demos, tests and load: it posts webhooks, serves signaling and media, and plays a
 * meeting (rtms-protocol sections 1, 3, 4, 5, 7 and 8, from Zoom's side). {@link io.rtms.simulator.Simulator} is its front door; nothing
 * here touches the service but through webhooks and sockets, as Zoom would.
 */
package io.rtms.simulator;
