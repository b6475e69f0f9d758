/**
 * The life of one stream: what it takes to join it ({@link io.rtms.stream.JoinRequest}, and the {@link io.rtms.stream.Apps} that fill it in), the
 * state machine and reconnection, and the virtual thread on which its events are delivered; and
 * {@link io.rtms.stream.RtmsClient}, a program's own way into a stream. Knows {@code loop}, {@code sdk}, {@code event} and {@code media}.
 */
package io.rtms.stream;
