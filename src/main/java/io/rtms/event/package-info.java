/**
 * What happens in a stream, as CDI events: the sealed {@link io.rtms.event.RtmsEvent} and one record per callback, with the numbers of
 * the wire turned into words. Known to every other package, knows only {@code media}.
 */
package io.rtms.event;
