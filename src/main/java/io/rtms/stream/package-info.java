/**
 * The life of one stream: what it takes to join it, its state machine and reconnection, and the virtual thread on which its events are
 * delivered. Knows {@code loop}, {@code event} and {@code media}.
 */
package io.rtms.stream;
